import { full, ShapeError, tensor } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import { withinTolerance } from './within-tolerance.ts';

describe('withinTolerance', () => {
  test('is the fraction of predictions closer to their targets than the tolerance', () => {
    const target = tensor([1, 2, 3, 4]);
    expect(withinTolerance(tensor([1.1, 2, 3.3, 3.9]), target, { tolerance: 0.2 }).item()).toBe(0.75);
  });

  test('does not count an error as large as the tolerance', () => {
    expect(withinTolerance(tensor([1.25, 0.75, 1]), tensor([1, 1, 1]), { tolerance: 0.25 }).item()).toBe(1 / 3);
  });

  // The standard deviation of ±500 is 500, so the tolerance is 2.
  test('has a tolerance of the standard deviation of the targets / 250 unless given', () => {
    const target = tensor([500, -500, 500, -500]);
    expect(withinTolerance(tensor([501.5, -498.5, 502.5, -497.5]), target).item()).toBe(0.5);
  });

  test('counts exact predictions when the targets are constant, so that the tolerance is 0', () => {
    expect(withinTolerance(tensor([1, 1]), tensor([1, 1])).item()).toBe(1);
    expect(withinTolerance(tensor([1, 1.5]), tensor([1, 1])).item()).toBe(0.5);
    expect(withinTolerance(full([1000], 0.1), full([1000], 0.1)).item()).toBe(1);
  });

  test('with a tolerance of 0 counts exact predictions only', () => {
    expect(withinTolerance(tensor([1, 2.25]), tensor([1, 2]), { tolerance: 0 }).item()).toBe(0.5);
  });

  test('prints in float64, and weighs rows', () => {
    const prediction = tensor([1, 2, 9]);
    const target = tensor([1, 2, 3]);
    expect(String(withinTolerance(prediction, target))).toBe('0.6666666666666666');
    expect(withinTolerance(prediction, target, { weights: tensor([1, 1, 2]) }).item()).toBe(0.5);
  });

  test('refuses shapes that would be broadcast', () => {
    expect(() => withinTolerance(tensor([[1], [2]]), tensor([1, 2]))).toThrow(
      new ShapeError(
        'withinTolerance: prediction and target must have one shape, with an axis for the samples, got [2, 1] and [2]. ' +
          'Reshape one of them, as in target.reshape([-1, 1]).',
      ),
    );
  });

  test.each([-1, Number.NaN, Infinity])('refuses a tolerance of %s', (tolerance) => {
    expect(() => withinTolerance(tensor([1]), tensor([1]), { tolerance })).toThrow(
      new RangeError(
        `withinTolerance: tolerance must be a finite number, at least 0, got ${tolerance}. ` +
          `Leave it out for the standard deviation of the targets / 250.`,
      ),
    );
  });
});
