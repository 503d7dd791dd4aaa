import { tensor } from '@nn/tensor';
import { expect, test } from 'vitest';
import { r2Score } from './r2-score.ts';

test('is 1 if the prediction is exact, and 0 if it is the mean', () => {
  const target = tensor([1, 2, 3]);
  expect(r2Score(target, target).item()).toBe(1);
  expect(r2Score(tensor([2, 2, 2]), target).item()).toBe(0);
});

test('of a constant target is 1 or 0, or as the formula says', () => {
  const constant = tensor([2, 2]);
  expect(r2Score(constant, constant).item()).toBe(1);
  expect(r2Score(tensor([1, 2]), constant).item()).toBe(0);
  expect(r2Score(tensor([1, 2]), constant, { finite: false }).item()).toBe(-Infinity);
});

test('of one row is NaN, also over batches until there are two', () => {
  const total = r2Score.overBatches();
  total.update(tensor([1]), tensor([1]));
  expect(total.result().item()).toBeNaN();
  total.update(tensor([2]), tensor([2]));
  expect(total.result().item()).toBe(1);
});

test('over batches keeps its digits far from 0', () => {
  const [x, y] = [tensor([1e6, 1e6 + 1, 1e6 + 3, 1e6 + 4]), tensor([1e6, 1e6 + 1, 1e6 + 2, 1e6 + 5])];
  const total = r2Score.overBatches();
  for (const at of [0, 1, 2, 3]) total.update(x.slice([at, at + 1]), y.slice([at, at + 1]));
  expect(total.result().item()).toBeCloseTo(1 - 2 / 14, 14);
});
