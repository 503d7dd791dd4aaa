import { gradients, tensor, watch } from '@nn/tensor';
import { expect, test } from 'vitest';
import { meanSquaredLogarithmicError } from './mean-squared-logarithmic-error.ts';

test('is the square of the logarithm of a ratio', () => {
  const x = watch(tensor([Math.E - 1, 0], { dtype: 'float64' }));
  const losses = meanSquaredLogarithmicError(x, tensor([0, Math.E ** 2 - 1], { dtype: 'float64' }), {
    reduction: 'none',
  });
  expect(losses.data[0]).toBeCloseTo(1, 14);
  expect(losses.data[1]).toBeCloseTo(4, 14);
  // 2 · (ln(1 + x) − ln(1 + y)) / (1 + x)
  expect(gradients(losses.sum(), x).data[1]).toBeCloseTo(-4, 14);
});

test('refuses -1 and less, in the prediction and in the target', () => {
  expect(() => meanSquaredLogarithmicError(tensor([0, -1]), tensor([0, 0]))).toThrow(
    new RangeError(
      'meanSquaredLogarithmicError: predictions must be above -1, got -1 in row 1. Use meanSquaredError where numbers may ' +
        'be negative.',
    ),
  );
  expect(() => meanSquaredLogarithmicError(tensor([0]), tensor([-3]))).toThrow(
    /targets must be above -1, got -3 in row 0/,
  );
});

test('takes logarithms in float64 beside a prediction in float64', () => {
  const loss = meanSquaredLogarithmicError(tensor([0], { dtype: 'float64' }), tensor([2]));
  expect(loss.item()).toBeCloseTo(Math.log(3) ** 2, 15);
});
