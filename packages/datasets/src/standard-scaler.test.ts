import { compile, full, gradients, tensor, type Tensor, watch } from '@nn/tensor';
import { wasm } from '@nn/tensor/wasm';
import { expect, test } from 'vitest';
import { casesInBothPrecisions, expectOutput, type Output } from '../test/toy-golden.ts';
import { standardScaler } from './standard-scaler.ts';

test.for(casesInBothPrecisions('StandardScaler'))('the scale is that of scikit-learn: $title', (golden) => {
  const { with_mean, with_std } = golden.config as { with_mean: boolean; with_std: boolean };
  const given = (input: Output): Tensor => tensor(input.data!).cast(golden.dtype).reshape(input.shape);
  const { X, X_new, sample_weight } = golden.inputs;
  const scaling = standardScaler({ center: with_mean, scale: with_std }).fit(
    given(X!),
    sample_weight ? { weights: given(sample_weight) } : {},
  );
  const got: Record<string, Tensor> = {
    mean: scaling.mean,
    var: scaling.variance,
    scale: scaling.scale,
    transformed: scaling.transform(given(X!)),
    transformed_new: scaling.transform(given(X_new!)),
    inverse_of_new: scaling.inverse(given(X_new!)),
  };
  for (const [name, output] of Object.entries(golden.outputs)) expectOutput(got[name]!, output, golden);
  expect(got['transformed']!.dtype).toBe(golden.dtype);
});

test('a constant column is divided by 1, though rounding leaves it a variance', () => {
  const column = tensor(new Float64Array(22).fill(0.1)).reshape([22, 1]);
  const scaling = standardScaler().fit(column);
  expect(scaling.scale.item()).toBe(1);
  expect(Math.abs(scaling.transform(column).max().item())).toBeLessThan(1e-15);
});

const float64 = { dtype: 'float64' } as const;

test('a column that is constant up to rounding is divided by 1', () => {
  const x = tensor([[0.1 + 0.2], [0.3]], float64);
  const { scale, transform } = standardScaler().fit(x);
  expect(scale.item()).toBe(1);
  expect(Math.abs(transform(x).max().item())).toBeLessThan(1e-16);
});

test('a column whose variance is too small for a float64 is divided by 1', () => {
  const x = tensor([[0], [1e-310]], float64);
  const { scale, transform } = standardScaler().fit(x);
  expect(scale.item()).toBe(1);
  expect(transform(x).toArray()).toEqual([[-1e-310 / 2], [1e-310 - 1e-310 / 2]]);
});

test('NaN is skipped when the scale is learned, and stays NaN', () => {
  const x = tensor([
    [1, 10],
    [NaN, 20],
    [3, 60],
  ]);
  const { mean, variance, transform, inverse } = standardScaler().fit(x);
  expect(mean.toArray()).toEqual([2, 30]);
  // (20² + 10² + 30²) / 3
  expect(variance.toArray()).toEqual([1, expect.closeTo(1400 / 3, 12)]);
  expect(transform(x).slice([], 0).toArray()).toEqual([-1, NaN, 1]);
  expect(inverse(transform(x)).slice([], 0).toArray()).toEqual([1, NaN, 3]);
});

test('the weight of a NaN does not count', () => {
  const x = tensor([[1], [NaN], [4]]);
  // (2 · 1 + 1 · 4) / 3 = 2 and (2 · 1 + 1 · 4) / 3 = 2
  const { mean, variance } = standardScaler().fit(x, { weights: tensor([2, 5, 1]) });
  expect([mean.item(), variance.item()]).toEqual([2, 2]);
});

test('a column of nothing but NaN has no mean', () => {
  const { mean, transform } = standardScaler().fit(full([2, 1], NaN));
  expect([mean.item(), ...transform(tensor([[1]])).data]).toEqual([NaN, NaN]);
});

test('infinite numbers are refused', () => {
  const x = tensor([
    [1, 2],
    [3, -Infinity],
  ]);
  expect(() => standardScaler().fit(x)).toThrow(
    new RangeError(
      'standardScaler: the numbers to learn the scale from must be finite, or NaN where one is missing, got -Infinity ' +
        'in row 1. Replace it.',
    ),
  );
});

test.each(['float32', 'float64'] as const)('compiled, other data is scaled to the same %s numbers', (dtype) => {
  const scaling = standardScaler().fit(
    tensor([
      [0.1, 7],
      [0.4, -2],
      [0.7, 3],
    ]),
  );
  const x = tensor(
    [
      [0.3, 1 / 3],
      [1e10, -1e-10],
    ],
    { dtype },
  );
  const both = (each: Tensor): [Tensor, Tensor] => [scaling.transform(each), scaling.inverse(each)];
  const [got, want] = [compile(both, wasm)(x), both(x)];
  expect(got.map(({ data }) => data)).toEqual(want.map(({ data }) => data));
});

test('a gradient passes through: 1 / scale, and scale back', () => {
  const scaling = standardScaler().fit(tensor([[0], [4]]));
  const x = watch(tensor([[1], [2]]));
  expect(gradients(scaling.transform(x).sum(), x).toArray()).toEqual([[0.5], [0.5]]);
  expect(gradients(scaling.inverse(x).sum(), x).toArray()).toEqual([[2], [2]]);
});

test('views are read in the order of their rows', () => {
  const x = tensor([
    [1, 3],
    [10, 30],
  ]).T;
  const scaling = standardScaler().fit(x);
  expect(scaling.mean.toArray()).toEqual([2, 20]);
  expect(scaling.transform(x).toArray()).toEqual([
    [-1, -1],
    [1, 1],
  ]);
});

test('int32 is scaled to float32, and rows may have more axes', () => {
  const x = tensor([0, 2, 4, 6], { dtype: 'int32' }).reshape([2, 2, 1]);
  const scaled = standardScaler().fit(x).transform(x);
  expect(scaled.dtype).toBe('float32');
  expect(scaled.toArray()).toEqual([
    [[-1], [-1]],
    [[1], [1]],
  ]);
});

test('a row without weight does not count', () => {
  const x = tensor([[1], [3], [1000]]);
  const { mean, variance } = standardScaler().fit(x, { weights: tensor([1, 1, 0]) });
  expect([mean.item(), variance.item()]).toEqual([2, 1]);
});

test('other features, no rows and weights that do not fit are refused', () => {
  const x = tensor([
    [1, 2],
    [3, 4],
  ]);
  const { transform, inverse } = standardScaler().fit(x);
  expect(() => transform(tensor([[1], [2]]))).toThrow(
    'transform: the scale was learned from rows of shape [2], got x of shape [2, 1]. Give the same features, or fit again.',
  );
  expect(() => inverse(tensor([1, 2]))).toThrow(
    'inverse: the scale was learned from rows of shape [2], got x of shape [2].',
  );
  expect(() => standardScaler().fit(x.slice([0, 0]))).toThrow(
    'standardScaler: there must be at least one row to learn the scale from, got shape [0, 2]. Give x of shape [N, features].',
  );
  expect(() => standardScaler().fit(x, { weights: tensor([1]) })).toThrow(
    'standardScaler: weights must have shape [2], one per row, got [1]. Leave them out to count all rows alike.',
  );
  expect(() => standardScaler().fit(x, { weights: tensor([0, 0]) })).toThrow(
    'standardScaler: weights must be 0 or more and not all 0, got 0 as the smallest and 0 in all. Check how they were computed.',
  );
  expect(() => standardScaler().fit(x, { weights: tensor([-1, 2]) })).toThrow('got -1 as the smallest and 1 in all');
});
