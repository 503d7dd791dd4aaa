import { randomState } from '@nn/tensor';
import { expect, test } from 'vitest';
import { apportion } from './apportion.ts';

test('quotas that are integers are returned as they are, and draw nothing', () => {
  const random = randomState(0);
  expect(apportion([10, 20, 30], 6, random)).toEqual([1, 2, 3]);
  expect(random.uniform()).toBe(randomState(0).uniform());
});

test('what is missing goes to the largest remainders', () => {
  // The quotas are 1.2, 1.6 and 3.2; rounded down they make 5, and the sixth goes to 1.6.
  expect(apportion([6, 8, 16], 6, randomState(0))).toEqual([1, 2, 3]);
});

test('among equal remainders the lot decides: each wins in some draws', () => {
  const random = randomState(0);
  const winners = new Set(Array.from({ length: 50 }, () => apportion([5, 5, 5], 4, random).indexOf(2)));
  expect(winners).toEqual(new Set([0, 1, 2]));
});
