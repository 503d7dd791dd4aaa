import type { RunAnswer, RunRequest } from './messages.ts';

/** How a run ended. `stopped`: it took too long and was ended; `unloaded`: the worker itself did not come. */
export type Outcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'unloaded' }
  | { readonly kind: 'stopped'; readonly cell: number }
  | Extract<RunAnswer, { kind: 'failed' }>;

/** Hears of a run while it goes on. */
export interface RunListener {
  begun(cell: number): void;
  printed(cell: number, text: string): void;
}

/** How long a cell may run, in milliseconds. */
const patience = 2000;

/**
 * Runs the cells of a page in a worker, which is started by the first run.
 *
 * A cell that does not end within `patience` is stopped with its worker; the next run starts a new one, and the cells
 * before it run again there.
 */
export class Runner {
  #worker: Worker | undefined;
  #running: Promise<unknown> = Promise.resolve();

  /** Runs the last of some cells in the scope of the others, after whatever runs already. */
  run(sources: readonly string[], listener: RunListener): Promise<Outcome> {
    const outcome = this.#running.then(() => this.#run(sources, listener));
    this.#running = outcome;
    return outcome;
  }

  #run(sources: readonly string[], listener: RunListener): Promise<Outcome> {
    this.#worker ??= new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    const worker = this.#worker;
    const heard = new AbortController();
    return new Promise<Outcome>((resolve) => {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const end = (outcome: Outcome, discard = false): void => {
        clearTimeout(timer);
        heard.abort();
        if (discard) {
          worker.terminate();
          this.#worker = undefined;
        }
        resolve(outcome);
      };
      const hear = ({ data }: MessageEvent<RunAnswer>): void => {
        switch (data.kind) {
          case 'begun':
            clearTimeout(timer);
            timer = setTimeout(() => end({ kind: 'stopped', cell: data.cell }, true), patience);
            return listener.begun(data.cell);
          case 'printed':
            return listener.printed(data.cell, data.text);
          case 'done':
            return end({ kind: 'done' });
          case 'failed':
            return end(data);
        }
      };
      worker.addEventListener('message', hear, { signal: heard.signal });
      worker.addEventListener('error', () => end({ kind: 'unloaded' }, true), { signal: heard.signal });
      worker.postMessage({ version: 1, sources } satisfies RunRequest);
    });
  }
}
