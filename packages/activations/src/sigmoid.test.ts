import { gradients, tensor, watch } from '@nn/tensor';
import { expect, test } from 'vitest';
import { sigmoid } from './sigmoid.ts';

test('is ½ at 0, with gradient ¼ and second derivative 0', () => {
  for (const zero of [0, -0]) {
    const x = watch(tensor(zero, { dtype: 'float64' }));
    const gradient = gradients(sigmoid(x), x);
    expect([sigmoid(x).item(), gradient.item(), gradients(gradient, x).item()]).toEqual([0.5, 0.25, 0]);
  }
});

test('is 0 at −Infinity and 1 at Infinity, with gradient 0', () => {
  const x = watch(tensor([-Infinity, Infinity]));
  expect(sigmoid(x).toArray()).toEqual([0, 1]);
  expect(gradients(sigmoid(x).sum(), x).toArray()).toEqual([0, 0]);
});

test('of integers and booleans is float32', () => {
  expect(sigmoid(tensor([0], { dtype: 'int32' })).dtype).toBe('float32');
  expect(sigmoid(tensor([false])).item()).toBe(0.5);
});
