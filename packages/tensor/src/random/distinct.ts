import { ascending, shuffleWith, swap } from './shuffle.ts';
import type { Source } from './source.ts';
import { drawWhole } from './whole.ts';

/** `count` different whole numbers from 0 to `range` − 1, in random order. */
export function drawDistinct(source: Source, range: number, count: number): Int32Array {
  if (source.masked) return shuffleWith(source, ascending(range)).slice(0, count);
  if (range > 10_000 && count > Math.floor(range / 50)) {
    return shuffleFrom(Math.max(range - count, 1), source, ascending(range)).slice(range - count);
  }
  // Floyd's method: each number is new, or the last one allowed takes its place.
  const chosen = new Int32Array(count);
  const taken = new Set<number>();
  for (let index = 0; index < count; index++) {
    const last = range - count + index;
    const drawn = drawWhole(source, last + 1);
    const value = taken.has(drawn) ? last : drawn;
    taken.add(value);
    chosen[index] = value;
  }
  return shuffleFrom(1, source, chosen);
}

/** Shuffles the elements from `first` on with whole numbers of the source's own kind. */
function shuffleFrom(first: number, source: Source, array: Int32Array): Int32Array {
  for (let index = array.length - 1; index >= first; index--) swap(array, index, drawWhole(source, index + 1));
  return array;
}
