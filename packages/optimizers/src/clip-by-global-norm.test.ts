import { tensor } from '@nn/tensor';
import { expect, test } from 'vitest';
import { clipByGlobalNorm } from './clip-by-global-norm.ts';

const given = { a: { w: tensor([2, 4]) }, b: tensor([4], { dtype: 'float64' }) };

test('all tensors are scaled by one factor: 3 / 6', () => {
  const { a, b } = clipByGlobalNorm(given, 3);
  expect([a.w.toArray(), b.toArray(), a.w.dtype, b.dtype]).toEqual([[1, 2], [2], 'float32', 'float64']);
});

test('short gradients stay, and zeros', () => {
  expect(clipByGlobalNorm(given, 6).a.w.toArray()).toEqual([2, 4]);
  expect(clipByGlobalNorm({ w: tensor([0]) }, 1).w.toArray()).toEqual([0]);
});

test('the norm may be of another order: 10 for 1, 4 for ∞', () => {
  expect(clipByGlobalNorm(given, 5, { order: 1 }).a.w.toArray()).toEqual([1, 2]);
  expect(clipByGlobalNorm(given, 2, { order: Infinity }).a.w.toArray()).toEqual([1, 2]);
});

test('epsilon is added to the norm: 4 / (6 + 2)', () => {
  expect(clipByGlobalNorm(given, 4, { epsilon: 2 }).a.w.toArray()).toEqual([1, 2]);
});

test('a negative epsilon is refused', () => {
  expect(() => clipByGlobalNorm(given, 1, { epsilon: -1 })).toThrow(
    new RangeError(
      'clipByGlobalNorm: epsilon must be a finite number of at least 0, got -1. Leave it out for the default.',
    ),
  );
});
