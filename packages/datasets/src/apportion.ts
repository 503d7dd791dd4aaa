import { permutation, type Random } from '@nn/tensor';

/**
 * Deals `seats` out in proportion to `counts`: each its share rounded down, the missing ones to the largest remainders;
 * among equal remainders the lot decides.
 */
export function apportion(counts: readonly number[], seats: number, random: Random): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const shares = counts.map((count) => (count / total) * seats);
  const given = shares.map(Math.floor);
  const remainders = shares.map((share, at) => share - given[at]!);
  let missing = seats - given.reduce((sum, count) => sum + count, 0);
  for (const remainder of [...new Set(remainders)].sort((a, b) => b - a)) {
    if (missing === 0) break;
    const equal = [...remainders.keys()].filter((at) => remainders[at] === remainder);
    const lots = permutation(random, equal.length).data.subarray(0, missing);
    for (const lot of lots) given[equal[lot]!]!++;
    missing -= lots.length;
  }
  return given;
}
