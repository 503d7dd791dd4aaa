import { tensor, type Tensor } from '@nn/tensor';
import { expect, test } from 'vitest';
import { casesInBothPrecisions, expectOutput, type Output } from '../test/toy-golden.ts';
import { minMaxScaler } from './min-max-scaler.ts';

test.for(casesInBothPrecisions('MinMaxScaler'))('the scale is that of scikit-learn: $title', (golden) => {
  const { feature_range, clip } = golden.config as { feature_range: [number, number]; clip: boolean };
  const given = (input: Output): Tensor => tensor(input.data!).cast(golden.dtype).reshape(input.shape);
  const { X, X_new } = golden.inputs;
  const scaling = minMaxScaler({ range: feature_range, clip }).fit(given(X!));
  const got: Record<string, Tensor> = {
    data_min: scaling.minimum,
    data_max: scaling.maximum,
    scale: scaling.scale,
    min: scaling.offset,
    transformed: scaling.transform(given(X!)),
    transformed_new: scaling.transform(given(X_new!)),
    inverse_of_new: scaling.inverse(given(X_new!)),
  };
  for (const [name, output] of Object.entries(golden.outputs)) expectOutput(got[name]!, output, golden);
});

test('other data leaves the range unless it is clipped', () => {
  const x = tensor([[0], [10]]);
  const other = tensor([[-5], [20]]);
  expect(minMaxScaler().fit(x).transform(other).toArray()).toEqual([[-0.5], [2]]);
  expect(minMaxScaler({ clip: true }).fit(x).transform(other).toArray()).toEqual([[0], [1]]);
});

test('a range that is none is refused', () => {
  for (const range of [
    [1, 0],
    [1, 1],
    [0, NaN],
    [-Infinity, 0],
  ] as [number, number][]) {
    expect(() => minMaxScaler({ range })).toThrow(
      `minMaxScaler: range must be [low, high] with low below high, got [${range.join(', ')}]. Swap them, or use [0, 1].`,
    );
  }
});
