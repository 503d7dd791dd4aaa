import type { Worker } from './threads/pool.ts';

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

/** Why this place has no threads; undefined where it has. */
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
