import { gradients, tensor, watch } from '@nn/tensor';
import { expect, test } from 'vitest';
import { squaredHinge } from './squared-hinge.ts';

test('is the square of what is missing to a margin of 1', () => {
  const x = watch(tensor([2, 0.5, -1]));
  const losses = squaredHinge(x, tensor([1, 1, 1]), { reduction: 'none' });
  expect(losses.toArray()).toEqual([0, 0.25, 4]);
  expect(gradients(losses.sum(), x).add(0).toArray()).toEqual([0, -1, -4]);
});

test('refuses targets other than −1 and 1', () => {
  expect(() => squaredHinge(tensor([1]), tensor([2]))).toThrow(
    /^squaredHinge: targets must be -1 or 1, got 2 in row 0/,
  );
});
