import type { Threads } from '../src/wasm/index.ts';
import type { ChunkPolicy } from '../src/wasm/threads/chunks.ts';
import { sharing, startWorker } from '../src/wasm/threads/index.ts';
import { Pool, type SharedProgram } from '../src/wasm/threads/pool.ts';

/** A pool that runs no loop before all of its workers have the program, and that counts the rows they run. */
export class WaitingPool extends Pool {
  #rowsOfWorkers = 0;

  override share(program: SharedProgram, loop: number): void {
    let left = program.loops[loop]!.rows;
    const start = performance.now();
    while (this.prepare(program) && this.ready < program.threads - 1) {
      if (performance.now() - start > 30_000) throw new Error('The workers do not start.');
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
    this.#rowsOfWorkers += left;
  }

  /** The number of rows that workers have run so far. */
  get rowsOfWorkers(): number {
    return this.#rowsOfWorkers;
  }
}

const smallestChunks: ChunkPolicy = { minimumWork: 1, minimumChunk: 0, maximumChunks: Infinity };

/** Threads that share every loop that can be shared, in the smallest chunks. */
export function threadsInSmallChunks(count: number, pool: Pool = new WaitingPool(startWorker)): Threads {
  return { ...sharing(count, pool, smallestChunks), note: () => `threads: ${count}` };
}
