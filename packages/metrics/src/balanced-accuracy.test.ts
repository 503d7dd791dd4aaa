import { tensor, type Tensor } from '@nn/tensor';
import { expect, test } from 'vitest';
import { balancedAccuracy } from './balanced-accuracy.ts';

const indices = (...values: readonly number[]): Tensor => tensor([...values], { dtype: 'int32' });

test('is the mean recall, whatever the sizes of the classes', () => {
  expect(balancedAccuracy(indices(0, 0, 0, 0), indices(0, 0, 0, 1)).item()).toBe(0.5);
});

test('adjusted is 0 for guessing and 1 for all right', () => {
  expect(balancedAccuracy(indices(0, 0, 0), indices(0, 1, 2), { adjusted: true }).item()).toBeCloseTo(0, 15);
  expect(balancedAccuracy(indices(0, 1, 2), indices(0, 1, 2), { adjusted: true }).item()).toBe(1);
});
