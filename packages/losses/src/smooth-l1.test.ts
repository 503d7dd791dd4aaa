import { gradients, tensor, watch } from '@nn/tensor';
import { expect, test } from 'vitest';
import { huber } from './huber.ts';
import { smoothL1 } from './smooth-l1.ts';

test('is the absolute error less half of beta for large errors, and a parabola for small ones', () => {
  const x = watch(tensor([0.25, -3]));
  const losses = smoothL1(x, tensor([0, 0]), { beta: 0.5, reduction: 'none' });
  expect(losses.toArray()).toEqual([0.0625, 2.75]);
  expect(gradients(losses.sum(), x).toArray()).toEqual([0.5, -1]);
});

test('is the Huber loss divided by beta', () => {
  const [x, y] = [tensor([0.5, 2, -9]), tensor([0, 1, 1])];
  expect(smoothL1(x, y, { beta: 4 }).item()).toBe(huber(x, y, { delta: 4 }).item() / 4);
});

test('refuses a beta of 0', () => {
  expect(() => smoothL1(tensor([1]), tensor([1]), { beta: 0 })).toThrow(
    new RangeError('smoothL1: beta must be a positive number, got 0. For the absolute error use meanAbsoluteError.'),
  );
});
