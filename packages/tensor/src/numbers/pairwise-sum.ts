import type { TypedArray } from '../dtype.ts';

/**
 * The sum of `count` numbers in NumPy's order, so that it has NumPy's very bits.
 *
 * Up to 128 numbers are eight running sums side by side; more are split in halves and each half summed so. The error
 * grows with ln n instead of n.
 *
 * @param array   where the numbers lie
 * @param offset  the index of the first
 * @param stride  from one to the next
 * @param count   how many; the sum of none is 0
 * @param round   whether every addition is rounded to float32, as NumPy does for float32 arrays
 * @example pairwiseSum(new Float32Array([1, 2, 3]), 0, 1, 3, true)   // 6
 * @see Higham, Accuracy and Stability of Numerical Algorithms (2002), §4.2
 */
export function pairwiseSum(array: TypedArray, offset: number, stride: number, count: number, round: boolean): number {
  // NumPy starts from 0, so a sum of negative zeros is 0.
  return 0 + (round ? sumFloat32(array, offset, stride, count) : sumFloat64(array, offset, stride, count));
}

// The two differ in the rounding alone: a flag inside the loops would cost as much as the additions.

function sumFloat32(array: TypedArray, offset: number, stride: number, count: number): number {
  if (count < 8) {
    let sum = 0;
    for (let index = 0, at = offset; index < count; index++, at += stride)
      sum = Math.fround(sum + (array[at] as number));
    return sum;
  }
  if (count > 128) {
    const half = firstHalf(count);
    return Math.fround(
      sumFloat32(array, offset, stride, half) + sumFloat32(array, offset + half * stride, stride, count - half),
    );
  }
  let at = offset;
  let s0 = array[at] as number;
  let s1 = array[(at += stride)] as number;
  let s2 = array[(at += stride)] as number;
  let s3 = array[(at += stride)] as number;
  let s4 = array[(at += stride)] as number;
  let s5 = array[(at += stride)] as number;
  let s6 = array[(at += stride)] as number;
  let s7 = array[(at += stride)] as number;
  let index = 8;
  for (; index + 8 <= count; index += 8) {
    s0 = Math.fround(s0 + (array[(at += stride)] as number));
    s1 = Math.fround(s1 + (array[(at += stride)] as number));
    s2 = Math.fround(s2 + (array[(at += stride)] as number));
    s3 = Math.fround(s3 + (array[(at += stride)] as number));
    s4 = Math.fround(s4 + (array[(at += stride)] as number));
    s5 = Math.fround(s5 + (array[(at += stride)] as number));
    s6 = Math.fround(s6 + (array[(at += stride)] as number));
    s7 = Math.fround(s7 + (array[(at += stride)] as number));
  }
  let sum = Math.fround(
    Math.fround(Math.fround(s0 + s1) + Math.fround(s2 + s3)) + Math.fround(Math.fround(s4 + s5) + Math.fround(s6 + s7)),
  );
  for (; index < count; index++) sum = Math.fround(sum + (array[(at += stride)] as number));
  return sum;
}

function sumFloat64(array: TypedArray, offset: number, stride: number, count: number): number {
  if (count < 8) {
    let sum = 0;
    for (let index = 0, at = offset; index < count; index++, at += stride) sum += array[at] as number;
    return sum;
  }
  if (count > 128) {
    const half = firstHalf(count);
    return sumFloat64(array, offset, stride, half) + sumFloat64(array, offset + half * stride, stride, count - half);
  }
  let at = offset;
  let s0 = array[at] as number;
  let s1 = array[(at += stride)] as number;
  let s2 = array[(at += stride)] as number;
  let s3 = array[(at += stride)] as number;
  let s4 = array[(at += stride)] as number;
  let s5 = array[(at += stride)] as number;
  let s6 = array[(at += stride)] as number;
  let s7 = array[(at += stride)] as number;
  let index = 8;
  for (; index + 8 <= count; index += 8) {
    s0 += array[(at += stride)] as number;
    s1 += array[(at += stride)] as number;
    s2 += array[(at += stride)] as number;
    s3 += array[(at += stride)] as number;
    s4 += array[(at += stride)] as number;
    s5 += array[(at += stride)] as number;
    s6 += array[(at += stride)] as number;
    s7 += array[(at += stride)] as number;
  }
  let sum = s0 + s1 + (s2 + s3) + (s4 + s5 + (s6 + s7));
  for (; index < count; index++) sum += array[(at += stride)] as number;
  return sum;
}

/** Half of the numbers, rounded down to whole groups of eight. */
function firstHalf(count: number): number {
  const half = count >> 1;
  return half - (half % 8);
}
