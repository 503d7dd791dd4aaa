import { tensor } from '@nn/tensor';
import { expect, test } from 'vitest';
import { meanAbsolutePercentageError } from './mean-absolute-percentage-error.ts';

const none = { reduction: 'none' } as const;

test('is in percent of the size of the target', () => {
  const losses = meanAbsolutePercentageError(tensor([3, -3, 8]), tensor([4, -4, 8]), none);
  expect(losses.toArray()).toEqual([25, 25, 0]);
});

test('divides by epsilon where the target is nearer to 0', () => {
  const losses = meanAbsolutePercentageError(tensor([1, 1]), tensor([0, 0.25]), { ...none, epsilon: 0.5 });
  expect(losses.toArray()).toEqual([200, 150]);
});

test('refuses an epsilon of 0', () => {
  expect(() => meanAbsolutePercentageError(tensor([1]), tensor([1]), { epsilon: 0 })).toThrow(
    new RangeError('meanAbsolutePercentageError: epsilon must be a positive number, got 0. Leave it out for 1e-7.'),
  );
});
