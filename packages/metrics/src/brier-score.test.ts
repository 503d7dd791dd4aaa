import { tensor } from '@nn/tensor';
import { expect, test } from 'vitest';
import { brierScore } from './brier-score.ts';

const int32 = { dtype: 'int32' } as const;

test('of probabilities of yes is the mean square of what is missing', () => {
  expect(brierScore(tensor([1, 0.5, 0]), tensor([1, 1, 1], int32)).item()).toBeCloseTo(1.25 / 3, 15);
});

test('of probabilities of classes is the sum over the classes', () => {
  expect(brierScore(tensor([[0.5, 0.25, 0.25]]), tensor([0], int32)).item()).toBe(0.25 + 2 * 0.0625);
  expect(brierScore(tensor([[0, 1]]), tensor([0], int32)).item()).toBe(2);
});
