import { tensor, type Tensor } from '@nn/tensor';
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

test('a constant column is only centred, though rounding leaves it a variance', () => {
  const column = tensor(new Float64Array(22).fill(0.1)).reshape([22, 1]);
  const scaling = standardScaler().fit(column);
  expect(scaling.scale.item()).toBe(1);
  expect(Math.abs(scaling.transform(column).max().item())).toBeLessThan(1e-15);
});

test('whole numbers come out as float32, and rows may have more axes', () => {
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
