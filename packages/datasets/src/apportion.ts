import { permutation, type Random } from '@nn/tensor';

/**
 * Distributes `seats` in proportion to `counts`, as the largest remainder method does: each gets its quota rounded down,
 * and the remaining seats go to the largest remainders. Ties are broken at random.
 */
export function apportion(counts: readonly number[], seats: number, random: Random): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const quotas = counts.map((count) => (count / total) * seats);
  const given = quotas.map(Math.floor);
  const remainders = quotas.map((quota, at) => quota - given[at]!);
  let missing = seats - given.reduce((sum, count) => sum + count, 0);
  for (const remainder of [...new Set(remainders)].sort((a, b) => b - a)) {
    if (missing === 0) break;
    const equal = [...remainders.keys()].filter((at) => remainders[at] === remainder);
    const chosen = permutation(random, equal.length).data.subarray(0, missing);
    for (const tied of chosen) given[equal[tied]!]!++;
    missing -= chosen.length;
  }
  return given;
}

/** `total` in equal parts; where it does not divide, the first parts get one more. */
export function evenParts(total: number, parts: number): number[] {
  return Array.from({ length: parts }, (_, part) => Math.floor(total / parts) + (part < total % parts ? 1 : 0));
}
