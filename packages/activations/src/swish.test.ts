import { gradients, tensor, watch } from '@nn/tensor';
import { expect, test } from 'vitest';
import { swish } from './swish.ts';

test('is 0 at 0, with gradient ½', () => {
  const x = watch(tensor(0));
  expect([swish(x).item(), gradients(swish(x), x).item()]).toEqual([0, 0.5]);
});

test('with β = 0 is half of x', () => {
  expect(swish(tensor([-3, 8]), { beta: 0 }).toArray()).toEqual([-1.5, 4]);
});

test('is Infinity at Infinity and NaN at −Infinity', () => {
  expect(swish(tensor([Infinity, -Infinity])).toArray()).toEqual([Infinity, NaN]);
});
