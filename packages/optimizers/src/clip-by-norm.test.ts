import { tensor } from '@nn/tensor';
import { expect, test } from 'vitest';
import { clipByNorm } from './clip-by-norm.ts';

test('each tensor is scaled by itself, and only when it is too long', () => {
  const clipped = clipByNorm({ a: { w: tensor([6, 8]) }, b: tensor([3, 4]), c: tensor([0, 0]) }, 5);
  expect(clipped.a.w.toArray()).toEqual([3, 4]);
  expect(clipped.b.toArray()).toEqual([3, 4]);
  expect(clipped.c.toArray()).toEqual([0, 0]);
});

test('squares of large float32 gradients do not overflow', () => {
  expect(clipByNorm({ w: tensor([3e30, 4e30]) }, 5).w.toArray()).toEqual([3, 4]);
});

test('a limit of 0 is refused', () => {
  expect(() => clipByNorm({ w: tensor(1) }, 0)).toThrow(
    new RangeError('clipByNorm: limit must be a number above 0, got 0. Gradients of 0 would train nothing.'),
  );
});
