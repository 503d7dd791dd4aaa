import { tensor, type Tensor } from '@nn/tensor';
import { expect, test } from 'vitest';
import { recall } from './recall.ts';

const indices = (...values: readonly number[]): Tensor => tensor([...values], { dtype: 'int32' });

test('is the fraction of the rows of each class that were found', () => {
  const scores = recall(indices(0, 0, 1, 1), indices(0, 1, 1, 1), { average: 'none' });
  expect(scores.toArray()).toEqual([1, 2 / 3]);
});

test('weighs rows', () => {
  const weights = tensor([1, 3]);
  expect(recall(indices(1, 0), indices(1, 1), { weights }).item()).toBe(0.25);
});

test('averaged by rows is the accuracy', () => {
  const [x, y] = [indices(0, 2, 1, 1, 2), indices(0, 0, 1, 2, 2)];
  expect(recall(x, y, { average: 'weighted' }).item()).toBeCloseTo(3 / 5, 15);
});
