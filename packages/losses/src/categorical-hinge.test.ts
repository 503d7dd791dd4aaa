import { ShapeError, tensor } from '@nn/tensor';
import { expect, test } from 'vitest';
import { categoricalHinge } from './categorical-hinge.ts';

const none = { reduction: 'none' } as const;
const int32 = { dtype: 'int32' } as const;

test('is 0 once the right class is ahead by 1', () => {
  const x = tensor([
    [3, 1, 2],
    [3, 1, 2.5],
  ]);
  expect(categoricalHinge(x, tensor([0, 0], int32), none).toArray()).toEqual([0, 0.5]);
  expect(categoricalHinge(x, tensor([0, 2], int32), none).toArray()).toEqual([0, 1.5]);
});

test('takes the right class for 0 among the others, as Keras does', () => {
  expect(categoricalHinge(tensor([[0.5, -2, -3]]), tensor([0], int32)).item()).toBe(0.5);
});

test('of one-hot labels is that of class indices', () => {
  const x = tensor([[1, 2, -1]]);
  expect(categoricalHinge(x, tensor([[0, 0, 1]])).item()).toBe(categoricalHinge(x, tensor([2], int32)).item());
});

test('refuses a label that is no class', () => {
  expect(() => categoricalHinge(tensor([[1, 2]]), tensor([2], int32))).toThrow(ShapeError);
  expect(() => categoricalHinge(tensor([[1, 2]]), tensor([[1, 1]]))).toThrow(/a sum of 2 in row 0/);
});
