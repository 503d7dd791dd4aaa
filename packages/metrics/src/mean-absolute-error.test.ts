import { tensor } from '@nn/tensor';
import { expect, test } from 'vitest';
import { meanAbsoluteError } from './mean-absolute-error.ts';

test('is the mean distance', () => {
  expect(meanAbsoluteError(tensor([1, 5]), tensor([2, 2])).item()).toBe(2);
  expect(meanAbsoluteError(tensor([1, 5]), tensor([2, 2]), { weights: tensor([1, 0]) }).item()).toBe(1);
});
