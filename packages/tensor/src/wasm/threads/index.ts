import { checkNumber } from '../../errors.ts';
import { everyGroup } from '../../loops/fuse.ts';
import type { FusionGroup } from '../../loops/group.ts';
import type { Threads } from '../backend.ts';
import { planOf } from '../plan.ts';
import { type ChunkPolicy, chunkOf } from './chunks.ts';
import { Pool, type Worker } from './pool.ts';
import { mostThreads } from './protocol.ts';
import { SharedInstance } from './shared-instance.ts';

/**
 * Runs the large loops of programs on several threads.
 *
 * @param policy  how loops are split into chunks, if not by default
 */
export function sharing(count: number, pool: Pool, policy?: ChunkPolicy): Omit<Threads, 'note'> {
  const chunk = (group: FusionGroup, relaxed: boolean): number =>
    count > 1 ? chunkOf(group, relaxed, policy) : group.rows;
  return {
    chunkOf: chunk,
    instance(job) {
      const { program, schedule, relaxed } = job;
      if (everyGroup(schedule).every((group) => chunk(group, relaxed) >= group.rows)) return undefined;
      // New values of variables are written beside the old ones, which stay intact if a worker is lost.
      return new SharedInstance(
        planOf({ ...job, program: { ...program, carried: [] } }),
        program.carried,
        count,
        pool,
        policy,
      );
    },
  };
}

/** The interface of workers in Node. */
interface NodeWorker extends Worker {
  unref(): void;
  on(event: 'exit' | 'error', then: () => void): void;
}

type WorkerClass = new (file: URL, options: object) => NodeWorker | globalThis.Worker;

/** The worker class of Node, otherwise that of the browser. */
function workerClass(): WorkerClass {
  const { process } = globalThis as {
    process?: { getBuiltinModule?(name: string): { readonly Worker: WorkerClass } | undefined };
  };
  return process?.getBuiltinModule?.('node:worker_threads')?.Worker ?? globalThis.Worker;
}

/** Starts a worker that does not keep the process alive; `ended` is called when it has ended or failed. */
export function startWorker(ended: () => void): Worker {
  // Bundlers look for this exact expression. The worker must not inherit flags of the main thread such as --eval.
  const Worker = workerClass();
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', execArgv: [] });
  if ('unref' in worker) {
    worker.unref();
    worker.on('error', ended);
    worker.on('exit', ended);
  } else worker.addEventListener('error', ended);
  return worker;
}

/** Why threads are not available here; undefined if they are. */
export function reasonAgainstThreads(): string | undefined {
  const { crossOriginIsolated, SharedArrayBuffer } = globalThis as {
    crossOriginIsolated?: boolean;
    SharedArrayBuffer?: unknown;
  };
  if (crossOriginIsolated === false || !SharedArrayBuffer) {
    return 'the page is not cross-origin isolated, so that threads cannot share memory';
  }
  return undefined;
}

// One pool for the whole process or page: collected programs leave no workers behind.
const pool = /* @__PURE__ */ new Pool(startWorker);

/**
 * Threads that share the large loops of programs: `compile(step, wasm({ threads: threads(2) }))`.
 *
 * Results have the same bits for any number of threads. Workers start when a large loop first runs, serve all programs, and
 * do not keep the process alive. Until they are ready the calling thread does all the work. In a browser the page must be
 * cross-origin isolated; otherwise one thread does all the work, and `disassemble(step, x)` says so.
 *
 * @param count  the number of threads, including the calling thread
 * @throws RangeError, TypeError when it is not an integer from 1 to 64
 */
/* @__NO_SIDE_EFFECTS__ */
export function threads(count: number): Threads {
  const fits = Number.isInteger(count) && count >= 1 && count <= mostThreads;
  const hint = 'Write threads(2), or the number of cores of the machine; more are not faster.';
  checkNumber('threads', 'count', count, fits, `an integer from 1 to ${mostThreads}`, hint);
  const reason = count === 1 ? 'the count is 1' : reasonAgainstThreads();
  return {
    ...sharing(reason ? 1 : count, pool),
    note(shared) {
      const single =
        reason ??
        (pool.unavailable ? 'no worker could be started' : shared ? undefined : 'no loop is large enough for more');
      return `threads: ${single === undefined ? `${count}, in the loops marked as shared` : `1, because ${single}`}`;
    },
  };
}
