import { tensor } from '@nn/tensor';
import { expect, test } from 'vitest';
import { clipByValue } from './clip-by-value.ts';

test('numbers are limited, in the same arrangement', () => {
  const clipped = clipByValue({ a: { w: tensor([-5, 1, 5]) }, b: tensor(3) }, 2);
  expect(clipped.a.w.toArray()).toEqual([-2, 1, 2]);
  expect(clipped.b.item()).toBe(2);
});

test('the dtype and NaN stay', () => {
  const { w } = clipByValue({ w: tensor([NaN, 9], { dtype: 'float64' }) }, 2);
  expect([w.dtype, ...w.data]).toEqual(['float64', NaN, 2]);
});

test.each([0, -1, NaN])('a limit of %d is refused', (limit) => {
  expect(() => clipByValue({ w: tensor(1) }, limit)).toThrow(
    new RangeError(`clipByValue: limit must be a number above 0, got ${limit}. Gradients of 0 would train nothing.`),
  );
});
