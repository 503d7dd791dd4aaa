import { gradients, ShapeError, tensor, watch, zeros } from '@nn/tensor';
import { expect, test } from 'vitest';
import { softmax } from './softmax.ts';

test('of equal logits is uniform', () => {
  expect(softmax(tensor([7, 7, 7, 7])).toArray()).toEqual([0.25, 0.25, 0.25, 0.25]);
});

test('works along the last axis unless another is given', () => {
  const x = tensor([
    [0, 0],
    [0, 0],
    [0, 0],
    [0, 0],
  ]);
  expect(softmax(x).toArray()).toEqual([...Array(4)].map(() => [0.5, 0.5]));
  expect(softmax(x, { axis: 0 }).toArray()).toEqual([...Array(4)].map(() => [0.25, 0.25]));
});

test('gives a logit of −Infinity probability 0, with gradient 0', () => {
  const x = watch(tensor([-Infinity, 0, 0]));
  expect(softmax(x).toArray()).toEqual([0, 0.5, 0.5]);
  expect(gradients(softmax(x).slice(1), x).toArray()).toEqual([-0, 0.25, -0.25]);
});

test.each([
  ['nothing but −Infinity', [-Infinity, -Infinity]],
  ['NaN', [0, NaN]],
  ['+Infinity', [0, Infinity]],
])('of a row with %s is NaN throughout, and other rows are not affected', (_, row) => {
  expect(softmax(tensor([row, [0, 0]])).toArray()).toEqual([
    [NaN, NaN],
    [0.5, 0.5],
  ]);
});

test('of integers is float32', () => {
  const y = softmax(tensor([3, 3], { dtype: 'int32' }));
  expect([y.dtype, y.toArray()]).toEqual(['float32', [0.5, 0.5]]);
  expect(softmax(zeros([0], { dtype: 'int32' })).dtype).toBe('float32');
});

test('refuses an axis that does not exist', () => {
  expect(() => softmax(zeros([2, 3]), { axis: 2 })).toThrow(
    new ShapeError('softmax: there is no axis 2: axes go from -2 to 1. Check x.shape.'),
  );
  expect(() => softmax(tensor(1))).toThrow('softmax: there is no axis -1: a scalar has no axes. Check x.shape.');
});
