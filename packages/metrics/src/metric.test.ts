import { type Tensor, tensor } from '@nn/tensor';
import { expect, test } from 'vitest';
import { addSums, metric } from './metric.ts';

const meanError = metric({
  name: 'meanError',
  measure: (prediction: Tensor, target: Tensor) => ({
    sum: prediction.sub(target).sum(),
    count: tensor(target.size),
  }),
  merge: addSums,
  result: ({ sum, count }) => sum.div(count),
});

test('a metric of one’s own is a function, and runs over batches', () => {
  expect(meanError(tensor([1, 2, 6]), tensor([0, 0, 0])).item()).toBe(3);
  const total = meanError.overBatches();
  total.update(tensor([1, 2]), tensor([0, 0]));
  total.update(tensor([6]), tensor([0]));
  expect(total.result().item()).toBe(3);
});

test('its result may be read between batches', () => {
  const total = meanError.overBatches();
  total.update(tensor([2]), tensor([0]));
  expect(total.result().item()).toBe(2);
  total.update(tensor([4]), tensor([0]));
  expect(total.result().item()).toBe(3);
});
