import { ShapeError, tensor } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import { regressionAccuracy } from './regression-accuracy.ts';

describe('regressionAccuracy', () => {
  test('is the share of predictions within the band around their targets', () => {
    const target = tensor([1, 2, 3, 4]);
    expect(regressionAccuracy(tensor([1.1, 2, 3.3, 3.9]), target, { band: 0.2 }).item()).toBe(0.75);
  });

  test('does not count what lies on the edge of the band', () => {
    expect(regressionAccuracy(tensor([1.25, 0.75, 1]), tensor([1, 1, 1]), { band: 0.25 }).item()).toBe(1 / 3);
  });

  // The deviation of ±500 is 500, so the band is 2.
  test('has a band of the deviation of the targets / 250 unless told otherwise', () => {
    const target = tensor([500, -500, 500, -500]);
    expect(regressionAccuracy(tensor([501.5, -498.5, 502.5, -497.5]), target).item()).toBe(0.5);
  });

  test('finds nothing right when all targets are equal and no band is given, as the band is then 0', () => {
    expect(regressionAccuracy(tensor([1, 1]), tensor([1, 1])).item()).toBe(0);
  });

  test('prints in float64, and weighs rows', () => {
    const prediction = tensor([1, 2, 9]);
    const target = tensor([1, 2, 3]);
    expect(String(regressionAccuracy(prediction, target))).toBe('0.6666666666666666');
    expect(regressionAccuracy(prediction, target, { weights: tensor([1, 1, 2]) }).item()).toBe(0.5);
  });

  test('refuses shapes that would be broadcast', () => {
    expect(() => regressionAccuracy(tensor([[1], [2]]), tensor([1, 2]))).toThrow(
      new ShapeError(
        'regressionAccuracy: prediction and target must have one shape, with an axis for the samples, got [2, 1] and [2]. ' +
          'Reshape one of them, as in target.reshape([-1, 1]).',
      ),
    );
  });

  test.each([0, -1, Number.NaN])('refuses a band of %s', (band) => {
    expect(() => regressionAccuracy(tensor([1]), tensor([1]), { band })).toThrow(
      new RangeError(
        `regressionAccuracy: band must be a number above 0, got ${band}. Leave it out for the deviation of the targets / 250.`,
      ),
    );
  });
});
