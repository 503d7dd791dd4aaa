/** One way of doing the work: a name, and one step of it. */
export interface Contestant {
  readonly name: string;
  readonly step: () => void;
}

/** How fast one contestant ran. */
export interface Timing {
  readonly name: string;
  /** Milliseconds per step, the median over the rounds. */
  readonly milliseconds: number;
  /** Its time divided by that of the first contestant in the same round, the median over the rounds. */
  readonly ratio: number;
}

/**
 * Times contestants turn by turn, so that a machine whose speed drifts slows all of them alike: what counts is the
 * ratio within each round.
 *
 * @param rounds        how often each has its turn
 * @param milliseconds  how long one turn lasts, about
 */
export function interleave(
  contestants: readonly Contestant[],
  { rounds = 15, milliseconds = 200 }: { readonly rounds?: number; readonly milliseconds?: number } = {},
): Timing[] {
  const times = contestants.map((): number[] => []);
  for (const { step } of contestants) timeTurn(step, milliseconds);
  for (let round = 0; round < rounds; round++) {
    contestants.forEach(({ step }, index) => times[index]!.push(timeTurn(step, milliseconds)));
  }
  return contestants.map(({ name }, index) => ({
    name,
    milliseconds: median(times[index]!),
    ratio: median(times[index]!.map((time, round) => time / times[0]![round]!)),
  }));
}

/** Milliseconds per step over one turn. */
function timeTurn(step: () => void, milliseconds: number): number {
  const start = performance.now();
  let steps = 0;
  let elapsed = 0;
  do {
    step();
    steps++;
    elapsed = performance.now() - start;
  } while (elapsed < milliseconds);
  return elapsed / steps;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
