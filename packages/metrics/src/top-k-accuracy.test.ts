import { tensor } from '@nn/tensor';
import { expect, test } from 'vitest';
import { topKAccuracy } from './top-k-accuracy.ts';

const int32 = { dtype: 'int32' } as const;
const x = tensor([
  [0.5, 0.3, 0.2],
  [0.5, 0.3, 0.2],
]);

test('counts rows whose class is among the k largest', () => {
  const labels = tensor([1, 2], int32);
  expect([1, 2, 3].map((k) => topKAccuracy(x, labels, { k }).item())).toEqual([0, 0.5, 1]);
  expect(topKAccuracy(x, labels, { k: 2, reduction: 'sum' }).item()).toBe(1);
});

test('takes the last of equal values for the larger, as scikit-learn does', () => {
  const tied = tensor([[1, 1, 0]]);
  expect(topKAccuracy(tied, tensor([1], int32), { k: 1 }).item()).toBe(1);
  expect(topKAccuracy(tied, tensor([0], int32), { k: 1 }).item()).toBe(0);
});

test('of a row of NaN is wrong', () => {
  expect(topKAccuracy(tensor([[NaN, NaN]]), tensor([1], int32), { k: 1 }).item()).toBe(0);
});

test.each([0, 1.5, NaN])('refuses a k of %s', (k) => {
  expect(() => topKAccuracy(x, tensor([0, 0], int32), { k })).toThrow(
    new RangeError(`topKAccuracy: k must be a positive integer, got ${k}. Leave it out for 2.`),
  );
});

test('refuses one-hot labels and class indices out of range', () => {
  expect(() => topKAccuracy(x, x)).toThrow(/got \[2, 3\] and \[2, 3\]. Write labels.argmax\(1\) for one-hot labels/);
  expect(() => topKAccuracy(x, tensor([0, 3], int32))).toThrow(/row 1 has label 3, but 3 classes/);
});
