import type { TypedArray } from './dtype.ts';

/** Copies `count` numbers, from place `start` of one array on to place `begin` of another on. */
export function copyNumbers(from: TypedArray, to: TypedArray, count: number = to.length, start = 0, begin = 0): void {
  // For a few numbers the loop is quicker than a view of them.
  if (count > 64) to.set(count === from.length ? from : from.subarray(start, start + count), begin);
  else for (let at = 0; at < count; at++) to[begin + at] = from[start + at]!;
}
