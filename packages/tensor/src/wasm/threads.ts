import { checkNumber } from '../check-number.ts';
import type { Threads } from './backend.ts';
import { startWorker, missingThreads } from './start-worker.ts';
import { Pool } from './threads/pool.ts';
import { sharing } from './threads/sharing.ts';
import { mostThreads } from './threads/words.ts';

// One for the whole process or page: programs that are gone leave no workers behind.
const pool = /* @__PURE__ */ new Pool(startWorker);

/**
 * Threads that share the large loops of programs: `compile(step, wasm({ threads: threads(2) }))`.
 *
 * Results have the same bits for any number of threads. Workers start when a large loop first runs, are there for all
 * programs, and keep no process alive; until they have come the calling thread does all work. In a browser the page must
 * be cross-origin isolated: where it is not, one thread does everything, and `listingOf(step, x)` says so.
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
