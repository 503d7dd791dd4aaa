import { gradients, tensor, watch } from '@nn/tensor';
import { expect, test } from 'vitest';
import { tanh } from './tanh.ts';

test('is odd, has gradient 1 at 0, and keeps the sign of 0', () => {
  const x = watch(tensor([0, -0], { dtype: 'float64' }));
  expect([...tanh(x).data]).toEqual([0, -0]);
  expect(gradients(tanh(x).sum(), x).toArray()).toEqual([1, 1]);
  expect(tanh(tensor(-0.7)).item()).toBe(-tanh(tensor(0.7)).item());
});

test('is −1 at −Infinity and 1 at Infinity, with gradient 0', () => {
  const x = watch(tensor([-Infinity, Infinity]));
  expect(tanh(x).toArray()).toEqual([-1, 1]);
  expect(gradients(tanh(x).sum(), x).toArray()).toEqual([0, 0]);
});
