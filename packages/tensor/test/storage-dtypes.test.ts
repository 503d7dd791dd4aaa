import { describe, expect, test } from 'vitest';
import {
  checkFloating,
  compile,
  concat,
  type DType,
  DTypeError,
  fromTypedArray,
  full,
  linspace,
  pad,
  runBatches,
  slidingWindows,
  stack,
  type Tensor,
  tensor,
  variable,
  vmap,
  watch,
  where,
} from '../src/index.ts';
import { promote } from '../src/dtype.ts';
import { reference } from '../src/reference/interpreter.ts';
import { wasm } from '../src/wasm/index.ts';
import { readGolden, recorded } from './golden.ts';
import { mismatches } from './mismatches.ts';

const small = ['int8', 'uint8', 'int16', 'float16'] as const satisfies DType[];
const all = ['bool', 'int8', 'uint8', 'int16', 'int32', 'float16', 'float32', 'float64'] as const satisfies DType[];

/** A matrix with the limits of the dtype, and a number that it rounds or has the sign bit of. */
function sample(dtype: DType): Tensor {
  const values: Readonly<Record<string, readonly number[]>> = {
    int8: [-128, 127, 0, 1, -1, 5],
    uint8: [0, 255, 128, 1, 7, 5],
    int16: [-32768, 32767, 0, 1, -1, 255],
    float16: [0.1, -2.5, 65504, Infinity, -0, 2049],
  };
  return tensor(values[dtype]!, { dtype }).reshape([2, 3]) as Tensor;
}

const ways: readonly (readonly [string, (f: (x: Tensor) => Tensor) => (x: Tensor) => Tensor])[] = [
  ['eager', (f) => f],
  ['by the reference', (f) => compile(f, reference)],
  ['by wasm', (f) => compile(f, wasm)],
];

describe('tensors for storage', () => {
  test('hold their numbers in small arrays, and float16 rounded in a Float32Array', () => {
    const classes = small.map((dtype) => sample(dtype).data.constructor.name);
    expect(classes).toEqual(['Int8Array', 'Uint8Array', 'Int16Array', 'Float32Array']);
    expect([...sample('float16').data]).toEqual([0.0999755859375, -2.5, 65504, Infinity, -0, 2048]);
  });

  test('are made by every function that makes tensors', () => {
    for (const dtype of small) {
      expect([full([2], 3, { dtype }).dtype, linspace(0, 9, { count: 4, dtype }).toArray()]).toEqual([
        dtype,
        [0, 3, 6, 9],
      ]);
    }
    expect(tensor(new Uint8Array([200, 3]), { dtype: 'uint8' }).toArray()).toEqual([200, 3]);
    const bytes = new Uint8Array([200, 3]);
    expect(fromTypedArray(bytes, [2], { dtype: 'uint8' }).data).toBe(bytes);
    const words = new Int16Array([200, 3]);
    expect([fromTypedArray(words, [2]).dtype, fromTypedArray(words, [2]).data]).toEqual(['int16', words]);
    expect(() => fromTypedArray(bytes, [2])).toThrow(DTypeError);
    const rounded = new Float32Array([0.5, NaN]);
    expect(fromTypedArray(rounded, [2], { dtype: 'float16' }).data).toBe(rounded);
    expect(() => fromTypedArray(new Float32Array([0.5, 0.1]), [2], { dtype: 'float16' })).toThrow(
      new DTypeError(
        `fromTypedArray: a float16 must be rounded to 11 bits, got ${Math.fround(0.1)} at 1. ` +
          "Write tensor(values, { dtype: 'float16' }).",
      ),
    );
  });

  test('refuse numbers that they cannot hold', () => {
    expect(() => tensor([1, 256], { dtype: 'uint8' })).toThrow(
      new DTypeError('tensor: 256 lies outside uint8. Use int32 for such numbers.'),
    );
    expect(() => full([2], -129, { dtype: 'int8' })).toThrow(DTypeError);
    expect(() => tensor([NaN], { dtype: 'int16' })).toThrow(DTypeError);
    expect(() => pad(sample('uint8'), 1, { value: -1 })).toThrow(DTypeError);
  });

  test('are printed as NumPy prints them', () => {
    expect(small.map((dtype) => String(sample(dtype)))).toEqual([
      '[[-128  127    0]\n [   1   -1    5]]',
      '[[  0 255 128]\n [  1   7   5]]',
      '[[-32768  32767      0]\n [     1     -1    255]]',
      '[[ 9.998e-02 -2.500e+00  6.550e+04]\n [       inf -0.000e+00  2.048e+03]]',
    ]);
    expect(['0.1', '2.0', '0.3333', '6e-08'].map((text) => String(tensor(Number(text), { dtype: 'float16' })))).toEqual(
      ['0.1', '2.0', '0.3333', '6e-08'],
    );
  });

  test('have no gradients', () => {
    for (const dtype of small) {
      expect(() => watch(sample(dtype))).toThrow(DTypeError);
      expect(() => checkFloating(dtype, 'x')).toThrow(DTypeError);
    }
  });
});

describe('promotion', () => {
  const table: readonly string[] = [
    // bool int8 uint8 int16 int32 float16 float32 float64, with each of them
    'bool    int8    uint8   int16   int32   float16 float32 float64',
    'int8    int8    int16   int16   int32   float32 float32 float64',
    'uint8   int16   uint8   int16   int32   float32 float32 float64',
    'int16   int16   int16   int16   int32   float32 float32 float64',
    'int32   int32   int32   int32   int32   float32 float32 float64',
    'float16 float32 float32 float32 float32 float16 float32 float64',
    'float32 float32 float32 float32 float32 float32 float32 float64',
    'float64 float64 float64 float64 float64 float64 float64 float64',
  ];

  test('gives a dtype that holds both', () => {
    expect(
      all.map((a) =>
        all
          .map((b) => promote(a, b).padEnd(7))
          .join(' ')
          .trim(),
      ),
    ).toEqual(table);
  });

  test('does not depend on order', () => {
    for (const a of all) {
      for (const b of all) {
        for (const c of all) expect(promote(promote(a, b), c)).toBe(promote(a, promote(b, c)));
      }
    }
  });

  test('of arithmetic is at least int32, and of real functions at least float32', () => {
    for (const dtype of small) {
      const x = sample(dtype);
      const wanted = dtype === 'float16' ? 'float32' : 'int32';
      const results = [x.add(x), x.mul(2), x.neg(), x.sum(), x.matmul(x.T), x.maximum(0), x.clip(0)];
      expect(results.map((one) => one.dtype)).toEqual(results.map(() => wanted));
      expect([x.exp(), x.div(2), x.add(0.5)].map((one) => one.dtype)).toEqual(['float32', 'float32', 'float32']);
      const moved = [
        x.T,
        x.slice(0),
        x.max(),
        concat([x, x]),
        x.take(tensor([1], { dtype: 'int32' }), 0),
        where(x.equal(0), x, x),
      ];
      expect(moved.map((one) => one.dtype)).toEqual(moved.map(() => dtype));
      expect([x.greater(0).dtype, x.argmax().dtype]).toEqual(['bool', 'int32']);
    }
  });
});

describe.each(ways)('operations on tensors for storage, %s,', (_, way) => {
  const functions: Readonly<Record<string, (x: Tensor) => Tensor>> = {
    itself: (x) => x,
    'sums that do not wrap': (x) => x.add(x),
    products: (x) => x.matmul(x.T),
    'a real function': (x) => x.sub(1).exp(),
    comparisons: (x) => x.greater(1),
    views: (x) => x.T.flip(0).expand([2, 3, 2]),
    windows: (x) => slidingWindows(x, [1], [2]),
    padding: (x) => pad(x, 1, { value: 3 }),
    concatenation: (x) => concat([x, x.flip(1)], 1) as Tensor,
    'rows by index': (x) => x.take(tensor([1, 1, 0], { dtype: 'int32' }), 0),
    'the largest': (x) => x.max(1),
    choice: (x) => where(x.greater(0), x, x.flip(1)),
    'captured constants': (x) => concat([x, sample(x.dtype)]) as Tensor,
    'entries by vmap': (x) => vmap((row: Tensor) => row.add(row.max()))(x) as Tensor,
    ...Object.fromEntries(all.map((to) => [`a cast to ${to}`, (x: Tensor) => x.cast(to)])),
  };

  const cases = small.flatMap((dtype) => Object.entries(functions).map(([name, f]) => ({ dtype, name, f })));

  test.each(cases)('$dtype: $name', ({ dtype, f }) => {
    const x = sample(dtype);
    const got = way(f)(x);
    const wanted = f(x);
    expect([got.dtype, got.shape]).toEqual([wanted.dtype, wanted.shape]);
    expect(mismatches(got.data, wanted.data, 2)).toEqual([]);
    expect(got.data.constructor).toBe(wanted.data.constructor);
  });

  test.each(readGolden('float16.json').cases.map((one, at) => ({ ...one, at })))(
    'recorded numbers go through float16 and back, case $at',
    (one) => {
      const wanted = Object.values(one.outputs)[0]!.data.map(Number);
      for (const precision of ['float32', 'float64'] as const) {
        const x = recorded(one.inputs['x']!, precision);
        const back = way((given) => given.cast('float16').cast(precision))(x);
        expect([back.dtype, ...back.data]).toEqual([precision, ...wanted]);
      }
    },
  );

  test.each([
    [
      'int32',
      [300, -300, 128, 255, 65_536, 2 ** 31 - 1],
      { int8: [44, -44, -128, -1, 0, -1], uint8: [44, 212, 128, 255, 0, 255] },
    ],
    [
      'float64',
      [3.9, -3.9, 300, NaN, Infinity, 1e20],
      { int8: [3, -3, 44, 0, -1, -1], int16: [3, -3, 300, 0, -1, -1] },
    ],
    ['float32', [0.1, 65519, 65520, -1e-9, 2051, NaN], { float16: [0.0999755859375, 65504, Infinity, -0, 2052, NaN] }],
    ['float64', [0.1 + 2 ** -40, 1 + 2 ** -11 + 2 ** -30], { float16: [0.0999755859375, 1 + 2 ** -10] }],
  ] as const)('casts of %s numbers keep the lowest bits, or round', (from, numbers, wanted) => {
    for (const [to, values] of Object.entries(wanted)) {
      const x = tensor(numbers as readonly number[], { dtype: from }) as Tensor;
      expect([to, ...way((one) => one.cast(to as DType))(x).data]).toEqual([to, ...values]);
    }
  });
});

describe('compiled functions', () => {
  test('keep variables of a dtype for storage', () => {
    const images = variable(tensor([250, 3], { dtype: 'uint8' }));
    const step = compile((x: Tensor) => {
      images.assign(images.add(x).cast('uint8') as Tensor as Tensor<[2]>);
      return images.cast('float32').div(255);
    }, wasm);
    step(tensor([10, 1], { dtype: 'int16' }));
    expect([images.dtype, images.data]).toEqual(['uint8', Uint8Array.of(4, 4)]);
    expect(images.add(1).dtype).toBe('int32');
  });

  test('have a program for each dtype, and run batches', () => {
    const double = compile((x: Tensor) => [x, x.add(x)] as const, wasm);
    for (const dtype of ['uint8', 'int32', 'int8', 'uint8'] as const) {
      const x = tensor([100, 3], { dtype });
      expect(double(x).map((one) => [one.dtype, one.toArray()])).toEqual([
        [dtype, [100, 3]],
        ['int32', [200, 6]],
      ]);
    }
    const batches = runBatches(double, stack([sample('int16'), sample('int16')]) as Tensor);
    expect(batches[0].data).toEqual(Int16Array.of(...sample('int16').data, ...sample('int16').data));
  });
});
