import { between, type Moment, now } from './clock.ts';
import type { Job } from './contestant.ts';

/** How far a contestant came in one turn. */
export interface Turn {
  readonly units: number;
  readonly milliseconds: number;
}

/** On a busy machine a turn ends after so many times its length by the clock. */
const longest = 3;

/**
 * Runs unit after unit for about so many milliseconds, at least one. The time is read about twenty times a turn: a step
 * of a small network takes less time than reading it.
 */
export async function takeTurn(job: Job, milliseconds: number, moment: () => Moment = now): Promise<Turn> {
  const start = moment();
  let units = 0;
  let elapsed = 0;
  let next = 1;
  for (;;) {
    const done = job.run(next);
    if (done) await done;
    units += next;
    const end = moment();
    elapsed = between(start, end);
    if (elapsed >= milliseconds || end.clock - start.clock >= longest * milliseconds)
      return { units, milliseconds: elapsed };
    const share = Math.floor((units / elapsed) * (milliseconds / 20));
    next = Math.max(1, Math.min(share, 2 * units));
  }
}
