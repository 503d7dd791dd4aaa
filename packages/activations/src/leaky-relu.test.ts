import { gradients, tensor, watch } from '@nn/tensor';
import { expect, test } from 'vitest';
import { leakyRelu } from './leaky-relu.ts';

test('multiplies negative numbers by 0.01 unless another slope is given', () => {
  expect(leakyRelu(tensor([-100, 4])).toArray()).toEqual([-1, 4]);
  expect(leakyRelu(tensor([-100, 4]), { negativeSlope: 0.25 }).toArray()).toEqual([-25, 4]);
});

test('has the gradient of the negative side at 0', () => {
  const x = watch(tensor([-1, -0, 0, 1]));
  expect(gradients(leakyRelu(x, { negativeSlope: 0.25 }).sum(), x).toArray()).toEqual([0.25, 0.25, 0.25, 1]);
});

test('takes the setting of a model besides its own option', () => {
  expect(leakyRelu(tensor([-100, 4]), { negativeSlope: 0.25, training: true }).toArray()).toEqual([-25, 4]);
});
