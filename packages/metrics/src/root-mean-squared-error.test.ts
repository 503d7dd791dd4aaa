import { tensor } from '@nn/tensor';
import { expect, test } from 'vitest';
import { rootMeanSquaredError } from './root-mean-squared-error.ts';

test('of several outputs is the mean of their roots', () => {
  const [x, y] = [tensor([[3, 4]]), tensor([[0, 0]])];
  expect(rootMeanSquaredError(x, y).item()).toBe(3.5);
  expect(rootMeanSquaredError(tensor([3, 4]), tensor([0, 0])).item()).toBeCloseTo(Math.sqrt(12.5), 15);
});
