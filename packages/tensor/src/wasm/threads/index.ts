import { checkNumber } from '../../errors.ts';
import type { FusionGroup } from '../../loops/group.ts';
import type { Threads } from '../backend.ts';
import { planOf } from '../plan.ts';
import { type Grain, chunkOf } from './chunks.ts';
import { Pool, type Worker } from './pool.ts';
import { mostThreads } from './protocol.ts';
import { SharedInstance } from './shared-instance.ts';

/**
 * What lets so many threads share loops.
 *
 * @param grain  how large chunks are, if not as ever
 */
export function sharing(count: number, pool: Pool, grain?: Grain): Omit<Threads, 'note'> {
  const chunk = (group: FusionGroup, relaxed: boolean): number =>
    count > 1 ? chunkOf(group, relaxed, grain) : group.rows;
  return {
    chunkOf: chunk,
    instance(job) {
      const { program, schedule, relaxed } = job;
      if (schedule.groups.every((group) => chunk(group, relaxed) >= group.rows)) return undefined;
      // What is carried is written beside the old values, so that these are whole should a worker be lost.
      return new SharedInstance(
        planOf({ ...job, program: { ...program, carried: [] } }),
        program.carried,
        count,
        pool,
        grain,
      );
    },
  };
}

/** As Node has them. */
interface NodeWorker extends Worker {
  unref(): void;
  on(event: 'exit' | 'error', then: () => void): void;
}

type WorkerClass = new (file: URL, options: object) => NodeWorker | globalThis.Worker;

/** Workers of Node where there are such, else those of the browser. */
function workerClass(): WorkerClass {
  const { process } = globalThis as {
    process?: { getBuiltinModule?(name: string): { readonly Worker: WorkerClass } | undefined };
  };
  return process?.getBuiltinModule?.('node:worker_threads')?.Worker ?? globalThis.Worker;
}

/** Starts a worker that does not keep the process alive; `ended` is called when it has ended or failed. */
export function startWorker(ended: () => void): Worker {
  // Bundlers look for these very words. Flags of the main thread, as --eval has them, are not for the worker.
  const Worker = workerClass();
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', execArgv: [] });
  if ('unref' in worker) {
    worker.unref();
    worker.on('error', ended);
    worker.on('exit', ended);
  } else worker.addEventListener('error', ended);
  return worker;
}

/** Why this buffer has no threads; undefined where it has. */
export function missingThreads(): string | undefined {
  const { crossOriginIsolated, SharedArrayBuffer } = globalThis as {
    crossOriginIsolated?: boolean;
    SharedArrayBuffer?: unknown;
  };
  if (crossOriginIsolated === false || !SharedArrayBuffer) {
    return 'the page is not cross-origin isolated, so that threads cannot share memory';
  }
  return undefined;
}

// One for the whole process or page: programs that are gone leave no workers behind.
const pool = /* @__PURE__ */ new Pool(startWorker);

/**
 * Threads that share the large loops of programs: `compile(step, wasm({ threads: threads(2) }))`.
 *
 * Results have the same bits for any number of threads. Workers start when a large loop first runs, are there for all
 * programs, and keep no process alive; until they have come the calling thread does all work. In a browser the page must
 * be cross-origin isolated: where it is not, one thread does everything, and `disassemble(step, x)` says so.
 *
 * @param count  how many threads, the calling one among them
 * @throws RangeError, TypeError when it is no whole number from 1 to 64
 */
/* @__NO_SIDE_EFFECTS__ */
export function threads(count: number): Threads {
  const fits = Number.isInteger(count) && count >= 1 && count <= mostThreads;
  const mend = 'Write threads(2), or as many as the machine has cores: more make nothing faster.';
  checkNumber('threads', 'their number', count, fits, `a whole number from 1 to ${mostThreads}`, mend);
  const missing = count === 1 ? 'no more are asked for' : missingThreads();
  return {
    ...sharing(missing ? 1 : count, pool),
    note(shared) {
      const one =
        missing ??
        (pool.hopeless ? 'no worker could be started' : shared ? undefined : 'no loop is large enough for more');
      return `threads: ${one === undefined ? `${count}, in the loops that are shared` : `1, as ${one}`}`;
    },
  };
}
