import type { Pass } from '../../loops/passes.ts';
import type { Threads } from '../backend.ts';
import { planOf } from '../plan.ts';
import type { Pool } from './pool.ts';
import { type Grain, portionOf } from './portions.ts';
import { SharedMachine } from './shared-machine.ts';

/**
 * What lets so many threads share loops.
 *
 * @param grain  how large portions are, if not as ever
 */
export function sharing(count: number, pool: Pool, grain?: Grain): Omit<Threads, 'note'> {
  const portion = (pass: Pass, relaxed: boolean): number => (count > 1 ? portionOf(pass, relaxed, grain) : pass.rows);
  return {
    portionOf: portion,
    machine(job) {
      const { program, schedule, relaxed } = job;
      if (schedule.passes.every((pass) => portion(pass, relaxed) >= pass.rows)) return undefined;
      // What is carried is written beside the old values, so that these are whole should a worker be lost.
      return new SharedMachine(
        planOf({ ...job, program: { ...program, carried: [] } }),
        program.carried,
        count,
        pool,
        grain,
      );
    },
  };
}
