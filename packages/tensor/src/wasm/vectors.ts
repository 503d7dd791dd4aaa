import { each, enter, leave, type Nest } from './nest.ts';

/**
 * Writes loops over the first `rank` axes of a nest, the last of them in vectors of four places.
 *
 * @param sizes   how many vectors are written together, the largest first
 * @param beyond  the last vector may go beyond the end
 * @param write   writes so many vectors of so many lanes, from the present place on
 */
export function overVectors(
  nest: Nest,
  rank: number,
  sizes: readonly number[],
  beyond: boolean,
  write: (count: number, lanes: number) => void,
): void {
  if (rank === 0) {
    write(1, 1);
    return;
  }
  const last = rank - 1;
  enter(nest, 0, last);
  let rest = nest.lengths[last]!;
  for (const size of sizes) rest -= each(nest, last, size * 4, () => write(size, 4), beyond) * size * 4;
  if (rest > 0) each(nest, last, rest, () => write(1, rest));
  leave(nest, 0, last);
}
