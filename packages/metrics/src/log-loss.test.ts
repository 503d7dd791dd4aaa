import { tensor } from '@nn/tensor';
import { expect, test } from 'vitest';
import { logLoss } from './log-loss.ts';

const int32 = { dtype: 'int32' } as const;

test('is the mean of −ln of the probability of the right answer', () => {
  expect(logLoss(tensor([0.5, 0.75]), tensor([1, 0], int32)).item()).toBeCloseTo((Math.log(2) + Math.log(4)) / 2, 15);
  const rows = tensor([[0.5, 0.25, 0.25]]);
  expect(logLoss(rows, tensor([2], int32)).item()).toBeCloseTo(Math.log(4), 15);
});

test('divides rows by their sum, and clips probabilities of 0', () => {
  expect(logLoss(tensor([[0.25, 0.25]]), tensor([0], int32)).item()).toBeCloseTo(Math.log(2), 15);
  expect(logLoss(tensor([0]), tensor([1], int32), { epsilon: 1e-7 }).item()).toBeCloseTo(-Math.log(1e-7), 8);
});

test('refuses logits, and an epsilon of 0', () => {
  expect(() => logLoss(tensor([2]), tensor([1], int32))).toThrow(
    new RangeError('logLoss: probabilities must be between 0 and 1, got 2 in row 0. For logits write sigmoid(logits).'),
  );
  expect(() => logLoss(tensor([[2, 0]]), tensor([1], int32))).toThrow(/For logits write softmax\(logits\)/);
  expect(() => logLoss(tensor([0.5]), tensor([1], int32), { epsilon: 0 })).toThrow(RangeError);
});
