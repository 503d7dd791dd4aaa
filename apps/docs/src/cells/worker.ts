import type { RunAnswer, RunRequest } from './messages.ts';
import { modules } from './modules.ts';
import { errorLine, PageScope } from './scope.ts';
import { show } from './show.ts';

// The worker that runs the cells of a page. It is served from /run/ under its own policy, which allows eval and forbids
// network access. The policy of the page stays strict.

const mostLines = 1000;

const answer = (message: RunAnswer): void => self.postMessage(message);

let cell = 0;
let lines = 0;

const scope = new PageScope({
  modules,
  console: {
    log(...values: readonly unknown[]): void {
      if (++lines > mostLines)
        throw new RangeError(
          `A cell can print at most ${mostLines} lines: remove console.log from a loop or print fewer values.`,
        );
      answer({ kind: 'printed', cell, text: show(...values) });
    },
  },
});

async function run({ sources }: RunRequest): Promise<void> {
  cell = sources.length - 1;
  try {
    await scope.run(sources, (begun) => {
      cell = begun;
      lines = 0;
      answer({ kind: 'begun', cell });
    });
    answer({ kind: 'done' });
  } catch (error) {
    answer({ kind: 'failed', cell, message: messageOf(error), line: errorLine(error, cell + 1) });
  }
}

function messageOf(error: unknown): string {
  if (error instanceof EvalError) {
    return (
      'This server does not allow cells to run: it must serve the worker in /run/ with a policy that contains ' +
      "'unsafe-eval'. The recorded output is unaffected."
    );
  }
  return error instanceof Error ? `${error.name}: ${error.message}` : `Thrown: ${show(error)}`;
}

// Runs requests one after the other, in order of arrival.
let running: Promise<void> = Promise.resolve();
self.addEventListener('message', ({ data }: MessageEvent<RunRequest>) => {
  running = running.then(() => run(data));
});
