import { gradients, tensor, watch } from '@nn/tensor';
import { expect, test } from 'vitest';
import { leakyRelu } from './leaky-relu.ts';

test('has slope 0.01 unless another is given', () => {
  expect(leakyRelu(tensor([-100, 4])).toArray()).toEqual([-1, 4]);
  expect(leakyRelu(tensor([-100, 4]), { slope: 0.25 }).toArray()).toEqual([-25, 4]);
});

test('has the slope of the negative side at 0', () => {
  const x = watch(tensor([-1, -0, 0, 1]));
  expect(gradients(leakyRelu(x, { slope: 0.25 }).sum(), x).toArray()).toEqual([0.25, 0.25, 0.25, 1]);
});

test('keeps its slope among layers, whatever else it is told', () => {
  expect(leakyRelu(tensor([-100, 4]), { slope: 0.25, training: true }).toArray()).toEqual([-25, 4]);
});
