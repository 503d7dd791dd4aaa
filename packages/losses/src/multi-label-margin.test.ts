import { gradients, tensor, watch } from '@nn/tensor';
import { expect, test } from 'vitest';
import { multiLabelMargin } from './multi-label-margin.ts';

test('compares each right class with each wrong one', () => {
  const x = watch(tensor([[0.5, 1, 0.25, 0]]));
  const loss = multiLabelMargin(x, tensor([[1, 1, 0, 0]]));
  // (1 − 0.25) + (1 − 0.5) + (1 − 0.75) + (1 − 1)
  expect(loss.item()).toBe(1.5 / 4);
  expect(gradients(multiLabelMargin(x, tensor([[0, 0, 0, 1]])), x).toArray()).toEqual([[0.25, 0.25, 0.25, -0.75]]);
});

test('of a row without a right class, or without a wrong one, is 0', () => {
  const x = tensor([
    [1, 2],
    [1, 2],
  ]);
  const targets = tensor([
    [0, 0],
    [1, 1],
  ]);
  expect(multiLabelMargin(x, targets, { reduction: 'none' }).toArray()).toEqual([0, 0]);
});

test('refuses lists of class indices', () => {
  expect(() => multiLabelMargin(tensor([[1, 2, 3]]), tensor([[2, 0, -1]]))).toThrow(
    new RangeError('multiLabelMargin: targets must be 0 or 1, got 2 in row 0. Give each class of a row a 0 or a 1.'),
  );
});
