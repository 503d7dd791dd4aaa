import type { Job } from './contestant.ts';

/** How far a contestant came in one turn. */
export interface Turn {
  readonly units: number;
  readonly milliseconds: number;
}

/**
 * Runs unit after unit for about so many milliseconds, at least one. The clock is read about twenty times a turn: a
 * step of a small network takes less time than reading it.
 */
export async function takeTurn(job: Job, milliseconds: number): Promise<Turn> {
  const start = performance.now();
  let units = 0;
  let elapsed = 0;
  let next = 1;
  do {
    const done = job.run(next);
    if (done) await done;
    units += next;
    elapsed = performance.now() - start;
    const share = Math.floor((units / elapsed) * (milliseconds / 20));
    next = Math.max(1, Math.min(share, 2 * units));
  } while (elapsed < milliseconds);
  return { units, milliseconds: elapsed };
}
