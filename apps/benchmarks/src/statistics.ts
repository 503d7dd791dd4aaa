/** The middle value; of an even number of values, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/**
 * How often `a` goes into `b`: b/a within each round, then the median over the rounds. A machine whose speed drifts
 * slows both alike, so what counts is what happened in the same round.
 *
 * @returns undefined when the two never met in a round
 */
export function ratio(a: readonly (number | null)[], b: readonly (number | null)[]): number | undefined {
  const each = a.flatMap((value, round) => {
    const other = b[round];
    return value === null || other === null || other === undefined ? [] : [other / value];
  });
  return each.length === 0 ? undefined : median(each);
}
