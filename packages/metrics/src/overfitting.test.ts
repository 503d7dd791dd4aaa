import { arange, tensor } from '@nn/tensor';
import { expect, test } from 'vitest';
import { overfitting } from './overfitting.ts';

const falling = arange(40).neg();
// The lowest is epoch 5.
const turning = arange(40).sub(5).abs();

test('is found when held-back data have been getting worse for as many epochs while training data get better', () => {
  const found = overfitting(falling, turning);
  expect(found).toEqual({ found: true, bestEpoch: 5, trainingSlope: -1, validationSlope: 1 });
});

test('is not found before, nor when both get worse, nor when both get better', () => {
  expect(overfitting(falling.slice([0, 34]), turning.slice([0, 34])).found).toBe(false);
  expect(overfitting(turning, turning).found).toBe(false);
  expect(overfitting(falling, falling).found).toBe(false);
});

test('does not mind a single better epoch of the training data', () => {
  expect(overfitting(tensor([4, 3, 3.5, 2, 1]), tensor([1, 2, 3, 2.5, 4]), { epochs: 4 }).found).toBe(true);
});

test('refuses losses of different epochs', () => {
  expect(() => overfitting(falling, turning.slice([0, 9]))).toThrow(
    'overfitting: training [40] and validation [9] must have one shape. Give both of the same epochs.',
  );
});
