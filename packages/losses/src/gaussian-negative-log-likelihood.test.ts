import { gradients, ShapeError, tensor, watch, zeros } from '@nn/tensor';
import { expect, test } from 'vitest';
import { gaussianNegativeLogLikelihood } from './gaussian-negative-log-likelihood.ts';

const float64 = { dtype: 'float64' } as const;

test('in full is minus the logarithm of the density of the normal distribution', () => {
  const loss = gaussianNegativeLogLikelihood(tensor([1], float64), tensor([3]), tensor([4]), { full: true });
  expect(loss.item()).toBeCloseTo(-Math.log(Math.exp(-0.5) / Math.sqrt(2 * Math.PI * 4)), 14);
});

test('has no gradient by the variance where that is the squared error', () => {
  const variance = watch(tensor([4], float64));
  expect(gradients(gaussianNegativeLogLikelihood(tensor([1]), tensor([3]), variance), variance).item()).toBe(0);
});

test('takes a variance below epsilon for epsilon', () => {
  const loss = gaussianNegativeLogLikelihood(tensor([1]), tensor([1]), tensor([0]), { epsilon: 1 });
  expect(loss.item()).toBe(0);
});

test('refuses a negative variance, and one of another shape', () => {
  expect(() => gaussianNegativeLogLikelihood(tensor([1]), tensor([1]), tensor([-1]))).toThrow(
    new RangeError(
      'gaussianNegativeLogLikelihood: variances must be at least 0, got -1 in row 0. Take softplus or exp of what the ' +
        'model gives.',
    ),
  );
  expect(() => gaussianNegativeLogLikelihood(zeros([2]), zeros([2]), zeros([1]))).toThrow(ShapeError);
});
