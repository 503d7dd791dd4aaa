import { DTypeError, tensor, type Tensor, zeros } from '@nn/tensor';
import { expect, test } from 'vitest';
import { globalNorm } from './global-norm.ts';

const given = { a: { w: tensor([-1, 2]) }, b: tensor(-2) };

test.each([
  [1, 5],
  [2, 3],
  [3, Math.cbrt(17)],
  [Infinity, 2],
])('the norm of order %d of −1, 2 and −2', (order, want) => {
  const norm = globalNorm(given, { order });
  expect([norm.shape, norm.dtype]).toEqual([[], 'float64']);
  expect(norm.item()).toBeCloseTo(want, 14);
});

test('the norm of nothing is 0', () => {
  expect(globalNorm({}).item()).toBe(0);
  expect(globalNorm({ w: zeros([0]) }, { order: Infinity }).item()).toBe(0);
});

test('what is no tensor, and an order below 1, are refused', () => {
  expect(() => globalNorm({ w: [1] as unknown as Tensor })).toThrow(
    new DTypeError("globalNorm: the gradient of 'w': expected a tensor, got an array. Write tensor(value)."),
  );
  expect(() => globalNorm(given, { order: 0.5 })).toThrow(
    new RangeError('globalNorm: order must be at least 1, got 0.5. Leave it out for the Euclidean norm.'),
  );
});
