import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { choice, type DType, DTypeError, fromTypedArray, type NumberArray, randomState, tensor } from '../src/index.ts';

const wrong = (value: unknown): never => value as never;

describe('tensor of a typed array', () => {
  const cases: readonly (readonly [NumberArray, DType])[] = [
    [Int8Array.of(-1, 2, 127), 'int32'],
    [Uint8Array.of(0, 128, 255), 'int32'],
    [Uint8ClampedArray.of(0, 128, 255), 'int32'],
    [Buffer.from([0, 128, 255]), 'int32'],
    [Int16Array.of(-32768, 0, 7), 'int32'],
    [Uint16Array.of(65535, 0, 7), 'int32'],
    [Int32Array.of(-(2 ** 31), 0, 2 ** 31 - 1), 'int32'],
    [Uint32Array.of(2 ** 31 - 1, 0, 7), 'int32'],
    [Float32Array.of(0.5, -0, NaN), 'float32'],
    [Float64Array.of(0.1, -0, Infinity), 'float64'],
  ];

  test.each(cases)('keeps the numbers of %o as %s', (values, dtype) => {
    const x = tensor(values);
    expect(x.dtype).toBe(dtype);
    expect(x.shape).toEqual([values.length]);
    expect(Array.from(x.data)).toEqual(Array.from(values));
  });

  test.each(cases)('copies %o', (values) => {
    const x = tensor(values);
    const before = Array.from(x.data);
    (values as unknown as Uint8Array).fill(1);
    expect(Array.from(x.data)).toEqual(before);
  });

  test.each(cases)('of another realm keeps the numbers of %o', (values, dtype) => {
    const name = values instanceof Buffer ? 'Uint8Array' : values.constructor.name;
    const foreign = runInNewContext(`${name}.from(values)`, { values: Array.from(values) }) as NumberArray;
    expect(foreign).not.toBeInstanceOf(globalThis[name as 'Uint8Array']);
    const x = tensor(foreign);
    expect([x.dtype, Array.from(x.data)]).toEqual([dtype, Array.from(values)]);
  });

  test('takes half-precision numbers as float32 where the engine has them', () => {
    const { Float16Array: Half } = globalThis as { Float16Array?: { of(...numbers: number[]): NumberArray } };
    expect(process.versions.node.startsWith('24') ? typeof Half : 'function').toBe('function');
    const x = tensor(Half!.of(0.1, -2));
    expect([x.dtype, ...x.data]).toEqual(['float32', 0.0999755859375, -2]);
  });

  test('makes booleans of 0 and 1 on request', () => {
    const x = tensor(Uint8Array.of(0, 1, 2, 255), { dtype: 'bool' });
    expect([...x.data]).toEqual([0, 1, 1, 1]);
    expect(x.sum().item()).toBe(3);
    expect([...tensor(Float32Array.of(0, -0, 0.5, NaN), { dtype: 'bool' }).data]).toEqual([0, 0, 1, 1]);
  });

  test('converts to the dtype that is named', () => {
    expect([...tensor(Uint8Array.of(0, 255), { dtype: 'float32' }).data]).toEqual([0, 255]);
    expect([...tensor(Uint32Array.of(2 ** 32 - 1), { dtype: 'float64' }).data]).toEqual([2 ** 32 - 1]);
    expect([...tensor(Float64Array.of(2.9, -2.9), { dtype: 'int32' }).data]).toEqual([2, -2]);
  });

  test('refuses integers beyond int32, with the way out', () => {
    expect(() => tensor(Uint32Array.of(1, 2 ** 31))).toThrow(
      new DTypeError('tensor: 2147483648 lies outside int32. Use float64 for such numbers.'),
    );
  });

  test.each([
    ['BigInt64Array', new BigInt64Array(1)],
    ['BigUint64Array', new BigUint64Array(1)],
    ['DataView', new DataView(new ArrayBuffer(8))],
  ])('refuses a %s, with the way out', (name, values) => {
    expect(() => tensor(wrong(values))).toThrow(
      new DTypeError(
        `tensor: expected numbers, got ${name}. Convert it with Float64Array.from(values, Number), ` +
          'or Int32Array.from(values, Number) for integers.',
      ),
    );
  });
});

describe('fromTypedArray', () => {
  test('shares arrays of floats and int32, of another realm too', () => {
    for (const name of ['Float32Array', 'Float64Array', 'Int32Array']) {
      const array = runInNewContext(`${name}.of(1, 2)`) as Float32Array;
      expect(fromTypedArray(array, [2, 1]).data).toBe(array);
    }
  });

  test('takes bytes as booleans only when asked to', () => {
    const bytes = Uint8Array.of(0, 1, 1, 0);
    const x = fromTypedArray(bytes, [2, 2], { dtype: 'bool' });
    expect([x.dtype, x.data]).toEqual(['bool', bytes]);
    expect(() => fromTypedArray(bytes, [4])).toThrow(
      new DTypeError(
        'fromTypedArray: expected Float32Array, Float64Array or Int32Array, got Uint8Array. ' +
          "Write tensor(values).reshape(shape), or name the dtype: { dtype: 'uint8' } or 'bool'.",
      ),
    );
  });

  test('refuses bytes that are no booleans', () => {
    expect(() => fromTypedArray(Uint8Array.of(0, 1, 2, 255), [4], { dtype: 'bool' })).toThrow(
      new DTypeError("fromTypedArray: a bool must be 0 or 1, got 2 at 2. Write tensor(values, { dtype: 'bool' })."),
    );
  });

  test.each([Uint8ClampedArray, Uint16Array, Uint32Array])('refuses a %o', (Kind) => {
    expect(() => fromTypedArray(wrong(Kind.of(1)), [1])).toThrow(
      new DTypeError(
        `fromTypedArray: expected Float32Array, Float64Array or Int32Array, got ${Kind.name}. ` +
          'Write tensor(values).reshape(shape).',
      ),
    );
  });

  test('refuses an array of another dtype than the one named', () => {
    expect(() => fromTypedArray(new Float32Array(1), [1], { dtype: 'int32' })).toThrow(
      new DTypeError('fromTypedArray: expected Int32Array, got Float32Array. Write tensor(values).reshape(shape).'),
    );
  });
});

test('probabilities of another realm are as precise as their class says', () => {
  // Off by 1e-6, which float32 may be and float64 may not.
  const given = (name: string): ArrayLike<number> =>
    runInNewContext(`${name}.of(0.5, 0.5 + 1e-6)`) as ArrayLike<number>;
  expect(choice(randomState(0), 2, { probabilities: given('Float32Array') })).toBe(1);
  expect(() => choice(randomState(0), 2, { probabilities: given('Float64Array') })).toThrow('must add up to 1');
});

test('holes in nested arrays are refused', () => {
  // oxlint-disable-next-line no-sparse-arrays
  expect(() => tensor([[1, 2], [3, , 5].slice(0, 2) as number[]])).toThrow(
    'tensor: expected numbers, got undefined at [1, 1].',
  );
});
