import { fault } from '@nn/golden';
import { tensor } from '@nn/tensor';
import { expect, test } from 'vitest';
import { sparsemax } from './sparsemax.ts';

test('gives probabilities that add up to 1, most of them 0', () => {
  expect(sparsemax(tensor([[3, 1, 0]])).toArray()).toEqual([[1, 0, 0]]);
  expect(sparsemax(tensor([[0.5, 0.5, 0]])).toArray()).toEqual([[0.5, 0.5, 0]]);
  // τ = (0.75 + 0.5 + 0.25 − 1) / 3 = 1/6
  const third = sparsemax(tensor([0.75, 0.5, 0.25], { dtype: 'float64' }));
  expect(fault(third.data, [7 / 12, 1 / 3, 1 / 12], { rtol: 0, atol: 1e-15 })).toBeUndefined();
});

test('works along any axis, and on large logits', () => {
  const x = tensor([
    [1, 0],
    [0.5, 1e30],
  ]);
  expect(sparsemax(x, { axis: 0 }).toArray()).toEqual([
    [0.75, 0],
    [0.25, 1],
  ]);
});

test('a logit of −Infinity gets probability 0, and NaN makes the row NaN', () => {
  expect(sparsemax(tensor([-Infinity, 0, -Infinity, 0.5])).toArray()).toEqual([0, 0.25, 0, 0.75]);
  expect(sparsemax(tensor([NaN, 0])).toArray()).toEqual([NaN, NaN]);
});
