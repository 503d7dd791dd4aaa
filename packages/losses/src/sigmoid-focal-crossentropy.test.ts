import { gradients, tensor, watch } from '@nn/tensor';
import { expect, test } from 'vitest';
import { sigmoidCrossentropy } from './sigmoid-crossentropy.ts';
import { sigmoidFocalCrossentropy } from './sigmoid-focal-crossentropy.ts';

const float64 = { dtype: 'float64' } as const;
const none = { reduction: 'none' } as const;

test('at 0 is (½)^γ · ln 2', () => {
  const x = tensor([0, 0], float64);
  const losses = sigmoidFocalCrossentropy(x, tensor([1, 0]), { gamma: 3, ...none });
  for (const loss of losses.data) expect(loss).toBeCloseTo(Math.LN2 / 8, 15);
});

test('with gamma 0 is the sigmoid cross-entropy', () => {
  const [x, y] = [tensor([3, -2, 0.5], float64), tensor([1, 1, 0])];
  const want = sigmoidCrossentropy(x, y).item();
  expect(sigmoidFocalCrossentropy(x, y, { gamma: 0 }).item()).toBeCloseTo(want, 14);
});

test('counts a yes by alpha and a no by the rest', () => {
  const x = tensor([0, 0], float64);
  const losses = sigmoidFocalCrossentropy(x, tensor([1, 0]), { gamma: 0, alpha: 0.25, ...none });
  expect(losses.data[0]).toBeCloseTo(0.25 * Math.LN2, 15);
  expect(losses.data[1]).toBeCloseTo(0.75 * Math.LN2, 15);
});

test('is finite far from 0, and so is its gradient', () => {
  const x = watch(tensor([1e4, -1e4], float64));
  const losses = sigmoidFocalCrossentropy(x, tensor([1, 1]), { gamma: 0.5, ...none });
  expect(losses.toArray()).toEqual([0, 1e4]);
  expect(gradients(losses.sum(), x).toArray()).toEqual([0, -1]);
});

test('refuses targets between, and options out of range', () => {
  expect(() => sigmoidFocalCrossentropy(tensor([1]), tensor([0.5]))).toThrow(
    new RangeError(
      'sigmoidFocalCrossentropy: targets must be 0 or 1, got 0.5 in row 0. Use sigmoidCrossentropy for targets between.',
    ),
  );
  expect(() => sigmoidFocalCrossentropy(tensor([1]), tensor([1]), { gamma: -1 })).toThrow(
    new RangeError('sigmoidFocalCrossentropy: gamma must be a finite number, at least 0, got -1. Leave it out for 2.'),
  );
  expect(() => sigmoidFocalCrossentropy(tensor([1]), tensor([1]), { alpha: 2 })).toThrow(
    new RangeError(
      'sigmoidFocalCrossentropy: alpha must be a number from 0 to 1, got 2. Leave it out to count both alike.',
    ),
  );
});
