import { tensor } from '@nn/tensor';
import { expect, test } from 'vitest';
import { meanAbsolutePercentageError } from './mean-absolute-percentage-error.ts';

test('is a fraction, not in percent', () => {
  expect(meanAbsolutePercentageError(tensor([3, -5]), tensor([4, -4])).item()).toBe(0.25);
});

test('refuses an epsilon of 0', () => {
  expect(() => meanAbsolutePercentageError(tensor([1]), tensor([0]), { epsilon: 0 })).toThrow(
    new RangeError('meanAbsolutePercentageError: epsilon must be a positive number, got 0. Leave it out for 2e-16.'),
  );
});
