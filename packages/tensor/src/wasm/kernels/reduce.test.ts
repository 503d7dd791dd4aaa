import { expect, test } from 'vitest';
import { compile, fromTypedArray, type Tensor } from '../../index.ts';
import { wasm } from '../index.ts';

const reductions = ['sum', 'prod', 'max', 'min', 'any', 'all'] as const;
const reduce = (name: (typeof reductions)[number], x: Tensor, axis?: number | number[]): Tensor =>
  name === 'prod' ? x.prod(axis) : x[name](axis);

/** Integers whose sums and products are exact in every order. The one at `at` is `other`. */
function numbers(shape: readonly number[], at = -1, other = 0): Tensor {
  const size = shape.reduce((product, length) => product * length, 1);
  const values = Float32Array.from({ length: size }, (_, index) => (index % 5 === 0 ? -1 : index % 7 === 0 ? 2 : 1));
  if (at >= 0) values[at] = other;
  return fromTypedArray(values, shape) as Tensor;
}

function expectSame(step: (x: Tensor) => Tensor, x: Tensor): void {
  expect([...compile(step, wasm)(x).data]).toEqual([...step(x).data]);
}

// Around the lengths of a vector, of four vectors, and of the blocks of a sum.
const lengths = [1, 2, 3, 4, 5, 15, 16, 17, 18, 31, 33, 63, 77];

test.each(reductions)('reduces rows and columns of every length by %s', (name) => {
  for (const length of lengths) {
    for (const other of [1, 3, 5, 16, 21, 100]) {
      expectSame((x) => reduce(name, x, 1), numbers([other, length]));
      expectSame((x) => reduce(name, x, 0), numbers([length, other]));
    }
    expectSame((x) => reduce(name, x), numbers([length]));
    expectSame((x) => reduce(name, x, [0, 2]), numbers([3, length, 5]));
    expectSame((x) => reduce(name, x, 1), numbers([3, length, 5]));
  }
});

test('sums long rows in blocks', () => {
  for (const length of [1023, 1024, 1025, 2048, 2065, 5000]) expectSame((x) => x.sum(1), numbers([3, length]));
});

test.each(['max', 'min'] as const)('%s of a long row is NaN, wherever the NaN is', (name) => {
  for (let at = 0; at < 43; at++) {
    expectSame((x) => x[name](1), numbers([2, 43], at, NaN));
    expectSame((x) => x[name](), numbers([43], at, NaN));
    expectSame((x) => x[name](1), numbers([2, 43], at, name === 'max' ? Infinity : -Infinity));
  }
});

test.each(reductions)('reduces computed elements by %s', (name) => {
  for (const shape of [
    [5, 43],
    [43, 5],
    [130, 3],
  ]) {
    expectSame((x) => reduce(name, x.mul(x).greater(1), 0), numbers(shape));
    expectSame((x) => reduce(name, x.T.cast('int32').add(1) as Tensor, 0), numbers(shape));
    expectSame((x) => reduce(name, x.flip(1).abs(), 1), numbers(shape));
  }
});

test.each(['any', 'all'] as const)('%s of long rows is decided by one element, wherever it lies', (name) => {
  const rows = 5;
  for (const length of [127, 128, 129, 400, 1000]) {
    for (const odd of [0, 3, 100, 127, 128, 300, length - 1]) {
      // Every second row has one odd element: the rows after it must be read from their beginning.
      const values = Float32Array.from({ length: rows * length }, (_, at) => {
        const isOdd = Math.floor(at / length) % 2 === 0 && at % length === odd;
        return isOdd === (name === 'any') ? 1 : 0;
      });
      const x = fromTypedArray(values, [rows, length]).greater(0) as Tensor;
      expectSame((y) => y[name](1), x);
      expectSame((y) => y[name](), x);
      expectSame((y) => y.flip(1)[name](1), x);
      expectSame((y) => y.reshape([rows, 1, length]).expand([rows, 3, length])[name]([1, 2]), x);
      // Comparisons of float64 are made two at a time, beside booleans.
      expectSame((y) => y.cast('float64').greater(0.5).logicalAnd(y)[name](1), x);
      expectSame((y) => y.cast('float64').less(0.5).logicalOr(y.logicalNot()).logicalNot()[name](1), x);
    }
  }
});

test('a product of many float32 factors is right to the last digits', () => {
  const size = 1e6;
  // Factors above and below 1 in turn, in every column and lane, so that no partial product overflows.
  const values = Float32Array.from(
    { length: size },
    (_, at) => ((at >> 6) % 2 === 0 ? 1.1 : 1 / 1.1) + (at % 7) * 1e-7,
  );
  let logarithm = 0;
  for (const value of values) logarithm += Math.log(value);
  const exact = Math.exp(logarithm);
  const all = fromTypedArray(values, [size]) as Tensor;
  const columns = fromTypedArray(values, [size / 2, 2]) as Tensor;
  const product = (x: Tensor): Tensor => x.prod(0).prod();
  for (const step of [product, compile(product, wasm)])
    for (const x of [all, columns]) expect(Math.abs(step(x).item() / exact - 1)).toBeLessThan(1e-6);
});
