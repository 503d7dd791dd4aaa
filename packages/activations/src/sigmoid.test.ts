import { gradients, tensor, watch } from '@nn/tensor';
import { expect, test } from 'vitest';
import { sigmoid } from './sigmoid.ts';

test('is one half at 0, with slope ¼ and no curvature', () => {
  for (const zero of [0, -0]) {
    const x = watch(tensor(zero, { dtype: 'float64' }));
    const slope = gradients(sigmoid(x), x);
    expect([sigmoid(x).item(), slope.item(), gradients(slope, x).item()]).toEqual([0.5, 0.25, 0]);
  }
});

test('reaches 0 and 1 at infinity, with slope 0', () => {
  const x = watch(tensor([-Infinity, Infinity]));
  expect(sigmoid(x).toArray()).toEqual([0, 1]);
  expect(gradients(sigmoid(x).sum(), x).toArray()).toEqual([0, 0]);
});

test('of whole numbers and booleans is float32', () => {
  expect(sigmoid(tensor([0], { dtype: 'int32' })).dtype).toBe('float32');
  expect(sigmoid(tensor([false])).item()).toBe(0.5);
});
