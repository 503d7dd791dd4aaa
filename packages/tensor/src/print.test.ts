import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { DType } from './dtype.ts';
import { format } from './print.ts';

interface PrintCase {
  readonly shape: readonly number[];
  readonly dtype: DType;
  readonly data: readonly (number | boolean | string)[];
  readonly printed: string;
}

const golden = JSON.parse(readFileSync(new URL('../golden/numpy_print.json', import.meta.url), 'utf8')) as {
  readonly cases: readonly PrintCase[];
};

describe('format prints what NumPy prints', () => {
  test.each(golden.cases.map((printCase, index) => ({ index, ...printCase })))(
    'case $index: $dtype of shape $shape',
    ({ shape, dtype, data, printed }) => {
      const values = data.map(Number);
      expect(format(dtype === 'float32' ? Float32Array.from(values) : values, shape, dtype)).toBe(printed);
    },
  );

  test('for all 300 recorded arrays', () => {
    expect(golden.cases).toHaveLength(300);
  });
});

const float32 = (value: number): string => format([Math.fround(value)], [], 'float32');
const float64 = (value: number): string => format([value], [], 'float64');

describe('a scalar', () => {
  test('has every digit that its dtype needs, and no more', () => {
    expect(float32(1.0986068)).toBe('1.0986068');
    expect(float64(0.36333333333333334)).toBe('0.36333333333333334');
    expect(float32(0.1)).toBe('0.1');
    expect(float32(3)).toBe('3.0');
    expect(float64(-0)).toBe('-0.0');
  });

  test('is in scientific notation below 1e-4 and from 1e16', () => {
    expect(float64(1e-4)).toBe('0.0001');
    expect(float64(9.5e-5)).toBe('9.5e-05');
    expect(float64(1e16)).toBe('1e+16');
    expect(float64(1e15)).toBe('1000000000000000.0');
    expect(float64(1e-123)).toBe('1e-123');
  });

  test('may be nan, infinite, an integer or a bool', () => {
    expect(float32(NaN)).toBe('nan');
    expect(float64(-Infinity)).toBe('-inf');
    expect(format([-7], [], 'int32')).toBe('-7');
    expect(format([1], [], 'bool')).toBe('True');
    expect(format([0], [], 'bool')).toBe('False');
  });
});

describe('an array', () => {
  test('rounds an exact tie at the eighth digit to the even digit', () => {
    // 1/512 = 0.001953125 and 3/512 = 0.005859375: both end in 5 at the ninth digit.
    expect(format([-0, 1 / 512, 3 / 512], [3], 'float64')).toBe('[-0.          0.00195312  0.00585938]');
    expect(format([1000000005, 1000000015], [2], 'float64')).toBe('[1.00000000e+09 1.00000002e+09]');
  });

  test('chooses the notation by the elements that are shown', () => {
    const values = new Float64Array(1001).fill(1);
    values[500] = 1e300;
    expect(format(values, [1001], 'float64')).toBe('[1. 1. 1. ... 1. 1. 1.]');
  });

  test('reads only the edges when it is long', () => {
    const read: number[] = [];
    const values = new Proxy<ArrayLike<number>>([], {
      get: (_, position) => read.push(Number(position)),
    });
    format(values, [100_000, 10_000], 'int32');
    expect(read).toHaveLength(36);
    expect(Math.max(...read)).toBe(999_999_999);
  });

  test('has three digits in all exponents when one needs them', () => {
    expect(format([1e-300, 1], [2], 'float64')).toBe('[1.e-300 1.e+000]');
  });

  test('pads a mantissa with the digits of the number itself, not with zeros', () => {
    // The float32 nearest to −8828.975 is −8828.9746…; alone, it needs seven digits.
    const values = Float32Array.of(-8828.975, 1.8954049e-7);
    expect(format(values, [2], 'float32')).toBe('[-8.8289746e+03  1.8954049e-07]');
    expect(format(values, [1], 'float32')).toBe('[-8828.975]');
  });

  test('pads its columns for nan and for the sign of an infinity', () => {
    expect(format([1, NaN], [2], 'float64')).toBe('[ 1. nan]');
    expect(format([-1, -Infinity], [2], 'float64')).toBe('[ -1. -inf]');
    expect(format([NaN], [1], 'float32')).toBe('[nan]');
  });

  test('shows the sign of −0 in either notation', () => {
    expect(format([0, -0], [2], 'float64')).toBe('[ 0. -0.]');
    expect(format([0, -0, 1e8], [3], 'float64')).toBe('[ 0.e+00 -0.e+00  1.e+08]');
  });
});

describe('the digits of a float32', () => {
  test('end in an even digit when two shortest numbers are equally near', () => {
    expect(format([1654745.25], [1], 'float32')).toBe('[1654745.2]');
    expect(float32(2 ** -12)).toBe('0.00024414062');
  });

  test('are the fewest at powers of two, where the lower neighbour is nearer', () => {
    expect(float32(2 ** -96)).toBe('1.2621775e-29');
  });

  test('before the point are all shown in an array, and the fewest in a scalar', () => {
    expect(format([3 * 2 ** 24], [1], 'float32')).toBe('[50331648.]');
    expect(float32(3 * 2 ** 24)).toBe('50331650.0');
  });

  test('read back as the same number for every power of two', () => {
    for (let power = -149; power <= 127; power++) {
      expect(Math.fround(Number(float32(2 ** power)))).toBe(2 ** power);
    }
  });
});
