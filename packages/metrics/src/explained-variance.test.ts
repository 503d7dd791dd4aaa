import { tensor } from '@nn/tensor';
import { expect, test } from 'vitest';
import { explainedVariance } from './explained-variance.ts';

test('does not count an error that is the same in all rows', () => {
  expect(explainedVariance(tensor([11, 12, 13]), tensor([1, 2, 3])).item()).toBe(1);
  expect(explainedVariance(tensor([1, 1, 1]), tensor([1, 2, 3])).item()).toBe(0);
});

test('weighs outputs by the spread of their targets', () => {
  const target = tensor([
    [0, 0],
    [2, 20],
  ]);
  const prediction = tensor([
    [1, 0],
    [1, 20],
  ]);
  expect(explainedVariance(prediction, target, { average: 'none' }).toArray()).toEqual([0, 1]);
  expect(explainedVariance(prediction, target, { average: 'variance' }).item()).toBeCloseTo(200 / 202, 15);
});
