import { tensor } from '@nn/tensor';
import { expect, test } from 'vitest';
import { pearsonCorrelation } from './pearson-correlation.ts';

test('is ±1 on a straight line, and NaN for a constant', () => {
  const x = tensor([1, 2, 4]);
  expect(pearsonCorrelation(x, tensor([3, 5, 9])).item()).toBeCloseTo(1, 15);
  expect(pearsonCorrelation(x, tensor([-1, -2, -4])).item()).toBeCloseTo(-1, 15);
  expect(pearsonCorrelation(x, tensor([1, 1, 1])).item()).toBeNaN();
});
