import type { TypedArray } from '../dtype.ts';
import { fround } from './float32.ts';

/**
 * The sum of `count` numbers in NumPy's order, bit for bit as in NumPy.
 *
 * Up to 128 numbers are added to eight accumulators; more are split in halves that are summed recursively. The error
 * grows with ln n instead of n.
 *
 * @param array   the array that holds the numbers
 * @param offset  the index of the first
 * @param stride  the distance between two of them in the array
 * @param count   how many; the sum of none is 0
 * @param round   whether every addition is rounded to float32, as in NumPy for float32 arrays
 * @example pairwiseSum(new Float32Array([1, 2, 3]), 0, 1, 3, true)   // 6
 * @see Higham, Accuracy and Stability of Numerical Algorithms (2002), §4.2
 */
export function pairwiseSum(array: TypedArray, offset: number, stride: number, count: number, round: boolean): number {
  return (round ? sumFloat32 : sumFloat64)(array, offset, stride, count);
}

// The two differ only in rounding. A flag inside the loops would cost as much as the additions.

function sumFloat32(array: TypedArray, offset: number, stride: number, count: number): number {
  if (count > 128) {
    const half = firstHalf(count);
    return fround(
      sumFloat32(array, offset, stride, half) + sumFloat32(array, offset + half * stride, stride, count - half),
    );
  }
  let at = offset - stride;
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let s4 = 0;
  let s5 = 0;
  let s6 = 0;
  let s7 = 0;
  for (; count >= 8; count -= 8) {
    s0 = fround(s0 + array[(at += stride)]!);
    s1 = fround(s1 + array[(at += stride)]!);
    s2 = fround(s2 + array[(at += stride)]!);
    s3 = fround(s3 + array[(at += stride)]!);
    s4 = fround(s4 + array[(at += stride)]!);
    s5 = fround(s5 + array[(at += stride)]!);
    s6 = fround(s6 + array[(at += stride)]!);
    s7 = fround(s7 + array[(at += stride)]!);
  }
  let sum = fround(fround(fround(s0 + s1) + fround(s2 + s3)) + fround(fround(s4 + s5) + fround(s6 + s7)));
  for (; count > 0; count--) sum = fround(sum + array[(at += stride)]!);
  return sum;
}

function sumFloat64(array: TypedArray, offset: number, stride: number, count: number): number {
  if (count > 128) {
    const half = firstHalf(count);
    return sumFloat64(array, offset, stride, half) + sumFloat64(array, offset + half * stride, stride, count - half);
  }
  let at = offset - stride;
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let s4 = 0;
  let s5 = 0;
  let s6 = 0;
  let s7 = 0;
  for (; count >= 8; count -= 8) {
    s0 += array[(at += stride)]!;
    s1 += array[(at += stride)]!;
    s2 += array[(at += stride)]!;
    s3 += array[(at += stride)]!;
    s4 += array[(at += stride)]!;
    s5 += array[(at += stride)]!;
    s6 += array[(at += stride)]!;
    s7 += array[(at += stride)]!;
  }
  let sum = s0 + s1 + (s2 + s3) + (s4 + s5 + (s6 + s7));
  for (; count > 0; count--) sum += array[(at += stride)]!;
  return sum;
}

/** Half of the numbers, rounded down to whole groups of eight. */
function firstHalf(count: number): number {
  const half = count >> 1;
  return half - (half % 8);
}
