import { integers, permutation, type Random } from '@nn/tensor';

/**
 * Distinct corners of the cube {0, 1}ᵈ, drawn as scikit-learn draws them.
 *
 * A corner is an integer whose bits, highest first, are its coordinates. The method depends on the fraction of all corners
 * that are drawn.
 *
 * @returns row by row, `count` corners of `dimensions` coordinates
 */
export function drawCorners(count: number, dimensions: number, random: Random): Float64Array {
  const bits = new Float64Array(count * dimensions);
  // Past 30 dimensions the leading coordinates are drawn one by one: the last 30 alone keep the corners distinct.
  const leading = Math.max(dimensions - 30, 0);
  if (leading > 0) {
    const drawn = integers(random, [count, leading], { high: 2 }).data;
    for (let at = 0; at < drawn.length; at++) bits[Math.floor(at / leading) * dimensions + (at % leading)] = drawn[at]!;
  }
  const rest = dimensions - leading;
  for (const [row, corner] of distinct(count, 2 ** rest, random).entries()) {
    for (let bit = 0; bit < rest; bit++) bits[(row + 1) * dimensions - 1 - bit] = (corner >>> bit) & 1;
  }
  return bits;
}

/** Distinct integers, 0 … below − 1. */
function distinct(count: number, below: number, random: Random): number[] {
  const fraction = count / below;
  if (fraction > 0.01 && fraction < 0.99) return Array.from(permutation(random, below).data.subarray(0, count));
  const draw = (limit: number): number => integers(random, undefined, { high: limit });
  if (fraction <= 0.01) {
    const found = new Set<number>();
    while (found.size < count) found.add(draw(below));
    return [...found];
  }
  const reservoir = Array.from({ length: count }, (_, index) => index);
  for (let next = count; next < below; next++) {
    const place = draw(next + 1);
    if (place < count) reservoir[place] = next;
  }
  return reservoir;
}
