import { gradients, ones, ShapeError, tensor, watch } from '@nn/tensor';
import { expect, test } from 'vitest';
import { multiMargin } from './multi-margin.ts';

const int32 = { dtype: 'int32' } as const;

test('adds what is missing to the margin of each other class, divided by the classes', () => {
  const x = watch(tensor([[1, 2, 0.5, -1]]));
  const loss = multiMargin(x, tensor([0], int32));
  expect(loss.item()).toBe((2 + 0.5) / 4);
  expect(gradients(loss, x).toArray()).toEqual([[-0.5, 0.25, 0.25, 0]]);
  expect(multiMargin(x, tensor([0], int32), { p: 2 }).item()).toBe((4 + 0.25) / 4);
});

test('counts rows by the weight of their class, and divides the mean by the rows', () => {
  const x = tensor([
    [0, 0],
    [0, 0],
  ]);
  const classWeight = tensor([3, 1]);
  expect(multiMargin(x, tensor([0, 1], int32), { classWeight }).item()).toBe(1);
});

test('refuses one-hot labels, another p and class weights of another shape', () => {
  const x = tensor([[1, 2]]);
  expect(() => multiMargin(x, tensor([[1, 0]]))).toThrow(
    new ShapeError(
      'multiMargin: labels must be class indices, shape [1], got class probabilities, shape [1, 2]. ' +
        'Write labels.argmax(-1) for one-hot labels.',
    ),
  );
  const label = tensor([0], int32);
  expect(() => multiMargin(x, label, { p: 3 as 2 })).toThrow(
    new RangeError('multiMargin: p must be 1 or 2, got 3. Leave it out for 1.'),
  );
  expect(() => multiMargin(x, label, { classWeight: ones([3]) })).toThrow(
    /classWeight must have shape \[2\], got \[3\]/,
  );
  expect(() => multiMargin(x, tensor([5], int32))).toThrow(/row 0 has label 5, but 2 classes/);
});
