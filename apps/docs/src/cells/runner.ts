import type { RunAnswer, RunRequest } from './messages.ts';

/** The result of a run. `stopped`: the time limit was reached; `unloaded`: the worker could not be loaded. */
export type Outcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'unloaded' }
  | { readonly kind: 'stopped'; readonly cell: number }
  | Extract<RunAnswer, { kind: 'failed' }>;

/** Callbacks during a run. */
export interface RunListener {
  begun(cell: number): void;
  printed(cell: number, text: string): void;
}

/** The time limit of a cell, in milliseconds. */
const timeLimit = 2000;

/**
 * Runs the cells of a page in a worker, which the first run starts.
 *
 * If a cell exceeds the time limit, its worker is terminated. The next run starts a new worker and runs the earlier cells
 * again.
 */
export class Runner {
  #worker: Worker | undefined;
  #running: Promise<unknown> = Promise.resolve();

  /** Runs the last of some cells in the scope of the others, after the runs that are in progress. */
  run(sources: readonly string[], listener: RunListener): Promise<Outcome> {
    const outcome = this.#running.then(() => this.#run(sources, listener));
    this.#running = outcome;
    return outcome;
  }

  #run(sources: readonly string[], listener: RunListener): Promise<Outcome> {
    this.#worker ??= new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    const worker = this.#worker;
    const listening = new AbortController();
    return new Promise<Outcome>((resolve) => {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const end = (outcome: Outcome, discard = false): void => {
        clearTimeout(timer);
        listening.abort();
        if (discard) {
          worker.terminate();
          this.#worker = undefined;
        }
        resolve(outcome);
      };
      const onMessage = ({ data }: MessageEvent<RunAnswer>): void => {
        switch (data.kind) {
          case 'begun':
            clearTimeout(timer);
            timer = setTimeout(() => end({ kind: 'stopped', cell: data.cell }, true), timeLimit);
            return listener.begun(data.cell);
          case 'printed':
            return listener.printed(data.cell, data.text);
          case 'done':
            return end({ kind: 'done' });
          case 'failed':
            return end(data);
        }
      };
      worker.addEventListener('message', onMessage, { signal: listening.signal });
      worker.addEventListener('error', () => end({ kind: 'unloaded' }, true), { signal: listening.signal });
      worker.postMessage({ version: 1, sources } satisfies RunRequest);
    });
  }
}
