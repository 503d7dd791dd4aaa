import { gradients, tensor, watch } from '@nn/tensor';
import { expect, test } from 'vitest';
import { huber } from './huber.ts';

test('squares small errors and counts large ones in proportion, with a gradient of at most delta', () => {
  const x = watch(tensor([0.5, -1, 3]));
  const losses = huber(x, tensor([0, 0, 0]), { delta: 2, reduction: 'none' });
  // 0.5² / 2, 1² / 2, 2 · (3 − 1)
  expect(losses.toArray()).toEqual([0.125, 0.5, 4]);
  expect(gradients(losses.sum(), x).toArray()).toEqual([0.5, -1, 2]);
});

test.each([0, -1, NaN, Infinity])('refuses a delta of %s', (delta) => {
  expect(() => huber(tensor([1]), tensor([1]), { delta })).toThrow(
    new RangeError(
      `huber: delta must be a positive number, got ${delta}. For the absolute error use meanAbsoluteError.`,
    ),
  );
});
