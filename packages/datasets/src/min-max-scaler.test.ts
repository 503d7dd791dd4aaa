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

const float64 = { dtype: 'float64' } as const;

test('a column that is constant up to rounding, or has a tiny range, is scaled as if its range were 1', () => {
  for (const x of [tensor([[0], [1e-310]], float64), tensor([[0.1 + 0.2], [0.3]], float64)]) {
    const { scale, transform } = minMaxScaler().fit(x);
    expect(scale.item()).toBe(1);
    for (const value of transform(x).data) expect(value).toBeCloseTo(0, 15);
  }
  // The bound is 10 · 2⁻⁵² = 2.22e-15.
  expect(
    minMaxScaler()
      .fit(tensor([[0], [2.23e-15]], float64))
      .scale.item(),
  ).toBe(1 / 2.23e-15);
  expect(
    minMaxScaler()
      .fit(tensor([[0], [2.21e-15]], float64))
      .scale.item(),
  ).toBe(1);
});

test('NaN is skipped when the scale is learned, and stays NaN', () => {
  const x = tensor([
    [NaN, 1],
    [2, NaN],
    [6, 3],
    [4, 2],
  ]);
  const scaling = minMaxScaler().fit(x);
  expect([scaling.minimum.toArray(), scaling.maximum.toArray()]).toEqual([
    [2, 1],
    [6, 3],
  ]);
  expect(scaling.transform(x).toArray()).toEqual([
    [NaN, 0],
    [0, NaN],
    [1, 1],
    [0.5, 0.5],
  ]);
  expect(
    minMaxScaler()
      .fit(tensor([[NaN]]))
      .scale.item(),
  ).toBeNaN();
});

test('infinite numbers are refused', () => {
  expect(() => minMaxScaler().fit(tensor([[1], [Infinity]]))).toThrow(
    new RangeError(
      'minMaxScaler: the numbers to learn the scale from must be finite, or NaN where one is missing, got Infinity in ' +
        'row 1. Replace it.',
    ),
  );
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
