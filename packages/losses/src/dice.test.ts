import { ShapeError, tensor, zeros } from '@nn/tensor';
import { expect, test } from 'vitest';
import { dice } from './dice.ts';

const mask = tensor([
  [1, 1, 0, 0],
  [0, 0, 0, 0],
]);

test('of the right mask is 0, also of an empty one', () => {
  expect(dice(mask, mask, { reduction: 'none' }).toArray()).toEqual([0, 0]);
});

test('is one loss for each sample, whatever its axes', () => {
  const p = tensor([
    [1, 0, 0, 0],
    [1, 1, 0, 0],
  ]);
  // 1 − (2 · 1 + 1) / (1 + 2 + 1) and 1 − 1 / 3
  const want = [0.25, expect.closeTo(2 / 3, 6)];
  expect(dice(p, mask, { reduction: 'none' }).toArray()).toEqual(want);
  expect(dice(p.reshape([2, 1, 2, 2]), mask.reshape([2, 1, 2, 2]), { reduction: 'none' }).toArray()).toEqual(want);
});

test('can square the sizes', () => {
  const loss = dice(tensor([[0.5, 0.5]]), tensor([[1, 0]]), { squared: true, smooth: 0 });
  expect(loss.item()).toBeCloseTo(1 - 1 / 1.5, 6);
});

test('refuses logits, and samples without an axis', () => {
  expect(() => dice(tensor([[3]]), tensor([[1]]))).toThrow(
    new RangeError('dice: probabilities must be between 0 and 1, got 3 in row 0. For logits write sigmoid(logits).'),
  );
  expect(() => dice(zeros([4]), zeros([4]))).toThrow(
    new ShapeError(
      'dice: the elements of each sample must be on axes of their own, shape [N, ...], got 1 axes. Write expandDims(0) ' +
        'for a single sample.',
    ),
  );
});
