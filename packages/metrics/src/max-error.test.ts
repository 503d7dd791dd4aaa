import { tensor } from '@nn/tensor';
import { expect, test } from 'vitest';
import { maxError } from './max-error.ts';

test('is the largest distance', () => {
  expect(maxError(tensor([1, 5, 2]), tensor([2, 2, 2])).item()).toBe(3);
});
