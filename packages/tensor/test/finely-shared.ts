import type { Threads } from '../src/wasm/index.ts';
import type { Grain } from '../src/wasm/threads/chunks.ts';
import { sharing, startWorker } from '../src/wasm/threads/index.ts';
import { Pool, type Shareable } from '../src/wasm/threads/pool.ts';

/** A pool that begins no loop before all of its workers know the program, and that counts the rows they take. */
export class PatientPool extends Pool {
  #taken = 0;

  override share(program: Shareable, loop: number): void {
    let left = program.shares[loop]!.rows;
    const start = performance.now();
    while (this.meet(program) && this.ready < program.threads - 1) {
      if (performance.now() - start > 30_000) throw new Error('The workers do not come.');
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
    super.share(
      {
        ...program,
        run: (at, begin, end) => {
          left -= end - begin;
          program.run(at, begin, end);
        },
      },
      loop,
    );
    this.#taken += left;
  }

  /** How many rows workers have taken so far. */
  get taken(): number {
    return this.#taken;
  }
}

const finest: Grain = { worthwhile: 1, least: 0, most: Infinity };

/** Threads that share every loop that can be shared, however small, in the smallest chunks. */
export function finelyShared(count: number, pool: Pool = new PatientPool(startWorker)): Threads {
  return { ...sharing(count, pool, finest), note: () => `threads: ${count}` };
}
