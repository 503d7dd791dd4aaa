import { gradients, tensor, watch, zeros } from '@nn/tensor';
import { expect, test } from 'vitest';
import { meanAbsoluteError } from './mean-absolute-error.ts';

test('has gradient −1, 0 or 1, divided among the elements', () => {
  const x = watch(tensor([1, 2, 9, 8]));
  const loss = meanAbsoluteError(x, tensor([2, 2, 4, 4]));
  expect([loss.item(), gradients(loss, x).toArray()]).toEqual([2.5, [-0.25, 0, 0.25, 0.25]]);
});

test('names itself when shapes differ', () => {
  expect(() => meanAbsoluteError(zeros([4, 1]), zeros([4]))).toThrow(
    /^meanAbsoluteError: prediction \[4, 1\] and target \[4\] .* Did you mean target.expandDims\(-1\)\?$/,
  );
});
