import { describe, expect, test } from 'vitest';
import golden from '../../golden/numpy_float32_math.json' with { type: 'json' };
import { pairwiseSum } from './pairwise-sum.ts';

const view = new DataView(new ArrayBuffer(4));

function fromHex(hex: string): number {
  view.setUint32(0, Number.parseInt(hex, 16));
  return view.getFloat32(0);
}

function toHex(value: number): string {
  view.setFloat32(0, value);
  return view.getUint32(0).toString(16).padStart(8, '0');
}

describe('pairwiseSum', () => {
  test('gives the bits of NumPy for float32 arrays of every recorded length', () => {
    for (const { n, data, sum_numpy: expected } of golden.sum_1d) {
      expect(toHex(pairwiseSum(Float32Array.from(data, fromHex), 0, 1, n, true)), `n = ${n}`).toBe(expected);
    }
  });

  test('sums the rows of a matrix as NumPy does', () => {
    const { shape, data, axis1 } = golden.sum_axis;
    const [rows, columns] = shape as [number, number];
    const matrix = Float32Array.from(data, fromHex);
    const sums = Array.from({ length: rows }, (_, row) => toHex(pairwiseSum(matrix, row * columns, 1, columns, true)));
    expect(sums).toEqual(axis1);
  });

  test('gives the same sum for any stride, negative ones included', () => {
    for (const { n, data, sum_numpy: expected } of golden.sum_1d) {
      const apart = new Float32Array(3 * n + 2);
      const backwards = new Float32Array(n);
      data.forEach((hex, index) => {
        apart[2 + 3 * index] = fromHex(hex);
        backwards[n - 1 - index] = fromHex(hex);
      });
      expect(toHex(pairwiseSum(apart, 2, 3, n, true))).toBe(expected);
      expect(toHex(pairwiseSum(backwards, n - 1, -1, n, true))).toBe(expected);
    }
  });

  test('does not round float64 sums to float32', () => {
    // np.sum(np.full(1000, 0.1)) is 100.00000000000001; one after another it is 99.9999999999986.
    expect(pairwiseSum(new Float64Array(1000).fill(0.1), 0, 1, 1000, false)).toBe(100.00000000000001);
    expect(pairwiseSum(new Float64Array([1, 2 ** -53, 2 ** -53]), 0, 1, 3, false)).toBe(1);
  });

  test('gives 0 for no numbers and for negative zeros', () => {
    for (const round of [true, false]) {
      expect(pairwiseSum(new Float32Array(0), 0, 1, 0, round)).toBe(0);
      expect(pairwiseSum(new Float32Array(9).fill(-0), 0, 1, 9, round)).toBe(0);
    }
  });

  test('sums one number repeatedly with stride 0, as along a broadcast axis', () => {
    expect(pairwiseSum(new Int32Array([7]), 0, 0, 200, false)).toBe(1400);
  });
});
