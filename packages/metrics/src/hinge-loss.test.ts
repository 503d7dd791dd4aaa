import { tensor } from '@nn/tensor';
import { expect, test } from 'vitest';
import { hingeLoss } from './hinge-loss.ts';

const int32 = { dtype: 'int32' } as const;

test('of decisions misses a margin of 1 on the right side of 0', () => {
  expect(hingeLoss(tensor([2, 0.5, 0.5]), tensor([1, 1, 0], int32), { reduction: 'sum' }).item()).toBe(0 + 0.5 + 1.5);
});

test('of classes compares the right one with the largest other', () => {
  const rows = tensor([
    [3, 1, 0],
    [3, 1, 2.5],
  ]);
  expect(hingeLoss(rows, tensor([0, 0], int32), { reduction: 'sum' }).item()).toBe(0 + 0.5);
  expect(hingeLoss(rows, tensor([0, 1], int32), { reduction: 'sum' }).item()).toBe(0 + 3);
});

test('refuses targets of −1, and another reduction', () => {
  expect(() => hingeLoss(tensor([1]), tensor([-1]))).toThrow(
    new RangeError(
      'hingeLoss: targets must be 0 or 1, got -1 in row 0. Give a number for each class where there are more than two.',
    ),
  );
  expect(() => hingeLoss(tensor([1]), tensor([1]), { reduction: 'none' as 'sum' })).toThrow(
    new TypeError("hingeLoss: reduction must be 'mean' or 'sum', got none. Leave it out for the mean."),
  );
});
