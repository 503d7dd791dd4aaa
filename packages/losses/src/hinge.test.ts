import { gradients, tensor, watch } from '@nn/tensor';
import { expect, test } from 'vitest';
import { hinge } from './hinge.ts';

test('is 0 from a margin of 1 on, and grows in proportion before it', () => {
  const x = watch(tensor([2, 0.5, -1, -3]));
  const losses = hinge(x, tensor([1, 1, 1, -1]), { reduction: 'none' });
  expect(losses.toArray()).toEqual([0, 0.5, 2, 0]);
  expect(gradients(losses.sum(), x).add(0).toArray()).toEqual([0, -1, -1, 0]);
});

test('refuses targets of 0 and 1, and says how to change them', () => {
  expect(() => hinge(tensor([1, 1]), tensor([1, 0]))).toThrow(
    new RangeError(
      'hinge: targets must be -1 or 1, got 0 in row 1. For targets of 0 and 1 write target.mul(2).sub(1).',
    ),
  );
});
