import { gradients, tensor, watch } from '@nn/tensor';
import { expect, test } from 'vitest';
import { relu } from './relu.ts';

test('gives +0 for 0 and −0', () => {
  expect([...relu(tensor([0, -0, -5])).data]).toEqual([0, 0, 0]);
});

test('has gradient 0 at 0', () => {
  const x = watch(tensor([-1, -0, 0, 1]));
  expect(gradients(relu(x).sum(), x).toArray()).toEqual([0, 0, 0, 1]);
});

test('passes Infinity and NaN, and stops −Infinity', () => {
  const x = watch(tensor([-Infinity, Infinity, NaN]));
  expect(relu(x).toArray()).toEqual([0, Infinity, NaN]);
  expect(gradients(relu(x).sum(), x).toArray()).toEqual([0, 1, 1]);
});

test('of integers gives integers', () => {
  const y = relu(tensor([-2, 3], { dtype: 'int32' }));
  expect([y.dtype, y.toArray()]).toEqual(['int32', [0, 3]]);
});
