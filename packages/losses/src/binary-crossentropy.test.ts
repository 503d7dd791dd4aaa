import { gradients, ShapeError, tensor, watch, zeros } from '@nn/tensor';
import { expect, test } from 'vitest';
import { binaryCrossentropy } from './binary-crossentropy.ts';

const float64 = { dtype: 'float64' } as const;

test('of a half is ln 2, whatever the answer', () => {
  const half = tensor([0.5, 0.5, 0.5], float64);
  const losses = binaryCrossentropy(half, tensor([0, 1, 0.25], float64), { reduction: 'none' });
  expect(losses.toArray()).toEqual([Math.LN2, Math.LN2, Math.LN2]);
});

test('has slope (p − target) / (p · (1 − p))', () => {
  const p = watch(tensor([0.25, 0.75], float64));
  const slope = gradients(binaryCrossentropy(p, tensor([1, 0], float64), { reduction: 'sum' }), p);
  expect(slope.toArray()).toEqual([-4, 4]);
});

test('keeps the digits of a small probability in float32', () => {
  const loss = binaryCrossentropy(tensor([1e-10]), tensor([0]));
  expect(loss.item()).toBe(Math.fround(1e-10));
});

test('of what is no probability is NaN', () => {
  const losses = binaryCrossentropy(tensor([-0.5, 1.5]), tensor([1, 1]), { reduction: 'none' });
  expect(losses.toArray()).toEqual([NaN, NaN]);
});

test('takes answers as whole numbers and booleans', () => {
  const p = tensor([0.9, 0.2]);
  const want = binaryCrossentropy(p, tensor([1, 0])).item();
  expect(binaryCrossentropy(p, tensor([1, 0], { dtype: 'int32' })).item()).toBe(want);
  expect(binaryCrossentropy(p, tensor([true, false])).item()).toBe(want);
});

test('refuses weights that would stretch the losses', () => {
  expect(() => binaryCrossentropy(zeros([3, 2]), zeros([3, 2]), { weight: zeros([3, 1, 2]) })).toThrow(
    new ShapeError(
      'binaryCrossentropy: weight [3, 1, 2] does not spread over losses [3, 2]: counted from the right, each length must ' +
        'be that of the losses, or 1. Give one weight for each loss.',
    ),
  );
  expect(() => binaryCrossentropy(zeros([1, 2]), zeros([1, 2]), { weight: zeros([3, 2]) })).toThrow(ShapeError);
});
