import { tensor } from '@nn/tensor';
import { expect, test } from 'vitest';
import { meanSquaredLogarithmicError } from './mean-squared-logarithmic-error.ts';

test('is the square of the logarithm of a ratio', () => {
  expect(meanSquaredLogarithmicError(tensor([0]), tensor([1])).item()).toBeCloseTo(Math.LN2 ** 2, 15);
});

test('refuses −1', () => {
  expect(() => meanSquaredLogarithmicError(tensor([-1]), tensor([1]))).toThrow(
    new RangeError(
      'meanSquaredLogarithmicError: predictions must be above -1, got -1. Use meanSquaredError where numbers may be negative.',
    ),
  );
});
