import { full, gradients, ones, ShapeError, tensor, type Tensor, watch, zeros } from '@nn/tensor';
import { expect, test } from 'vitest';
import { binaryCrossentropy } from './binary-crossentropy.ts';

const float64 = { dtype: 'float64' } as const;

test('of a half is ln 2, whatever the answer', () => {
  const half = tensor([0.5, 0.5, 0.5], float64);
  const losses = binaryCrossentropy(half, tensor([0, 1, 0.25], float64), { reduction: 'none' });
  expect(losses.toArray()).toEqual([Math.LN2, Math.LN2, Math.LN2]);
});

test('has gradient (p − target) / (p · (1 − p))', () => {
  const p = watch(tensor([0.25, 0.75], float64));
  const gradient = gradients(binaryCrossentropy(p, tensor([1, 0], float64), { reduction: 'sum' }), p);
  expect(gradient.toArray()).toEqual([-4, 4]);
});

test('keeps the digits of a small probability in float32', () => {
  const loss = binaryCrossentropy(tensor([1e-10]), tensor([0]));
  expect(loss.item()).toBe(Math.fround(1e-10));
});

test('refuses probabilities outside 0 … 1, as logits are, and names the row of the first', () => {
  expect(() => binaryCrossentropy(tensor([1.2]), tensor([1]))).toThrow(
    new RangeError(
      'binaryCrossentropy: probabilities must be between 0 and 1, got 1.2000000476837158 in row 0. ' +
        'For logits use sigmoidCrossentropy.',
    ),
  );
  const rows = tensor(
    [
      [0.5, 0.5],
      [1, -0.5],
    ],
    float64,
  );
  expect(() => binaryCrossentropy(rows, zeros([2, 2]))).toThrow('got -0.5 in row 1');
  expect(() => binaryCrossentropy(tensor(Infinity), tensor(1))).toThrow('got Infinity in row 0');
});

test('takes a probability that was rounded to a little above 1', () => {
  const above = tensor([1 + 2 ** -22, 1 + 2 ** -22]);
  const losses = binaryCrossentropy(above, tensor([1, 0]), { reduction: 'none' });
  expect(losses.toArray()).toEqual([expect.closeTo(0, 6), 100]);
  expect(() => binaryCrossentropy(tensor([1 + 2 ** -50, 1 + 2 ** -20], float64), zeros([2]))).toThrow('in row 1');
});

test.each([2, -3, 1.5, NaN])('refuses a target of %s', (target) => {
  expect(() => binaryCrossentropy(tensor([0.5, 0.5]), tensor([1, target]))).toThrow(
    new RangeError(
      `binaryCrossentropy: targets must be between 0 (no) and 1 (yes), got ${target} in row 1. ` +
        'Use softmaxCrossentropy for class indices.',
    ),
  );
});

test('takes targets as int32 and bool', () => {
  const p = tensor([0.9, 0.2]);
  const want = binaryCrossentropy(p, tensor([1, 0])).item();
  expect(binaryCrossentropy(p, tensor([1, 0], { dtype: 'int32' })).item()).toBe(want);
  expect(binaryCrossentropy(p, tensor([true, false])).item()).toBe(want);
});

test('takes weights for each sample or for each loss, and no others', () => {
  const of = (weights: Tensor) => binaryCrossentropy(full([2, 3], 0.5), zeros([2, 3]), { weights });
  for (const weights of [ones([2]), ones([2, 1]), ones([1, 3]), ones([2, 3])]) {
    expect(of(weights).item()).toBeCloseTo(Math.LN2, 6);
  }
  for (const weights of [ones([3]), ones([2, 3, 1]), ones([3, 2])]) expect(() => of(weights)).toThrow(ShapeError);
  expect(() => of(ones([3]))).toThrow(
    'binaryCrossentropy: weights [3] do not fit losses [2, 3]: there must be one weight for each sample, shape [2], or ' +
      'one for each loss. Reshape them.',
  );
  expect(() => of([1, 1] as unknown as Tensor)).toThrow(/expected a tensor, got an array/);
});
