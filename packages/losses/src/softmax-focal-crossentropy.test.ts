import { gradients, ones, tensor, watch, zeros } from '@nn/tensor';
import { expect, test } from 'vitest';
import { softmaxCrossentropy } from './softmax-crossentropy.ts';
import { softmaxFocalCrossentropy } from './softmax-focal-crossentropy.ts';

const float64 = { dtype: 'float64' } as const;
const int32 = { dtype: 'int32' } as const;

test('of equal logits is (1 − 1/C)^γ · ln C', () => {
  const loss = softmaxFocalCrossentropy(zeros([1, 4], float64), tensor([2], int32));
  expect(loss.item()).toBeCloseTo(0.75 ** 2 * Math.log(4), 14);
});

test('with gamma 0 is the softmax cross-entropy, by index and one-hot', () => {
  const x = tensor([[1, 2, -1]], float64);
  const want = softmaxCrossentropy(x, tensor([2], int32)).item();
  for (const labels of [tensor([2], int32), tensor([[0, 0, 1]])]) {
    expect(softmaxFocalCrossentropy(x, labels, { gamma: 0 }).item()).toBeCloseTo(want, 14);
  }
});

test('counts rows by the weight of their class, and divides the mean by the rows', () => {
  const options = { gamma: 0, classWeight: tensor([1, 3], float64) };
  const loss = softmaxFocalCrossentropy(zeros([2, 2], float64), tensor([0, 1], int32), options);
  expect(loss.item()).toBeCloseTo(2 * Math.LN2, 14);
});

test('of a sure answer is 0, with gradient 0, also for gamma below 1', () => {
  const x = watch(tensor([[1000, 0]], float64));
  const loss = softmaxFocalCrossentropy(x, tensor([0], int32), { gamma: 0.5 });
  expect([loss.item(), ...gradients(loss, x).data].map(Math.abs)).toEqual([0, 0, 0]);
});

test('refuses class weights of another shape, and a negative gamma', () => {
  const [x, label] = [zeros([1, 2]), tensor([0], int32)];
  expect(() => softmaxFocalCrossentropy(x, label, { classWeight: ones([3]) })).toThrow(
    /must have shape \[2\], got \[3\]/,
  );
  expect(() => softmaxFocalCrossentropy(x, label, { gamma: -1 })).toThrow(RangeError);
});
