import { tensor } from '@nn/tensor';
import { expect, test } from 'vitest';
import { medianAbsoluteError } from './median-absolute-error.ts';

const zero = tensor([0, 0, 0, 0]);

test('is the distance in the middle, or the mean of two', () => {
  expect(medianAbsoluteError(tensor([1, 2, 90]), tensor([0, 0, 0])).item()).toBe(2);
  expect(medianAbsoluteError(tensor([1, 2, 3, 90]), zero).item()).toBe(2.5);
});

test('with weights is the first at which half of them is reached', () => {
  expect(medianAbsoluteError(tensor([1, 2, 3, 90]), zero, { weights: tensor([1, 1, 1, 1]) }).item()).toBe(2);
  expect(medianAbsoluteError(tensor([90, 1, 2, 3]), zero, { weights: tensor([9, 1, 1, 1]) }).item()).toBe(90);
});

test('of no rows is NaN', () => {
  const none = tensor([1]).slice([0, 0]);
  expect(medianAbsoluteError(none, none).item()).toBeNaN();
});
