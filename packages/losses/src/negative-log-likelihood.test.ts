import { gradients, tensor, watch } from '@nn/tensor';
import { expect, test } from 'vitest';
import { negativeLogLikelihood } from './negative-log-likelihood.ts';

const int32 = { dtype: 'int32' } as const;
const x = tensor([
  [-1, -2],
  [-3, -0.5],
]);

test('is minus the log-probability of the right class', () => {
  const watched = watch(x);
  const loss = negativeLogLikelihood(watched, tensor([0, 1], int32));
  expect(loss.item()).toBe(0.75);
  expect(gradients(loss, watched).toArray()).toEqual([
    [-0.5, 0],
    [0, -0.5],
  ]);
});

test('divides the mean by the class weights of the rows that count', () => {
  const classWeight = tensor([1, 3]);
  expect(negativeLogLikelihood(x, tensor([0, 1], int32), { classWeight }).item()).toBe((1 + 3 * 0.5) / 4);
  expect(negativeLogLikelihood(x, tensor([-1, 1], int32), { classWeight, ignoreIndex: -1 }).item()).toBe(0.5);
  expect(negativeLogLikelihood(x, tensor([-1, -1], int32), { ignoreIndex: -1 }).item()).toBeNaN();
});

test('refuses logits, and labels that are no class', () => {
  expect(() => negativeLogLikelihood(tensor([[-1, 2]]), tensor([0], int32))).toThrow(
    new RangeError(
      'negativeLogLikelihood: log-probabilities must be at most 0, got 2 in row 0. For logits use softmaxCrossentropy.',
    ),
  );
  expect(() => negativeLogLikelihood(x, tensor([0, 2], int32))).toThrow(/row 1 has label 2, but 2 classes/);
  expect(() => negativeLogLikelihood(x, x)).toThrow(
    /labels must be class indices, shape \[2\], got class probabilities/,
  );
});

test('takes a log-probability that was rounded to a little above 0', () => {
  expect(() => negativeLogLikelihood(tensor([[2 ** -22, -20]]), tensor([0], int32))).not.toThrow();
});
