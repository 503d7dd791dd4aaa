import { expect, test } from 'vitest';
import { median, ratio } from './statistics.ts';

test('the median is the middle value, or the mean of the two in the middle', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([10, 9])).toBe(9.5);
});

test('a ratio is taken within each round, so a machine that slows down in one of them changes nothing', () => {
  expect(ratio([1, 10, 1], [2, 20, 2])).toBe(2);
  // The medians of all times would say 10 / 1.
  expect(ratio([1, 1, 100], [2, 10, 1000])).toBe(10);
  expect(ratio([1, 1, 100, 1, 1], [2, 2, 1000, 3, 2])).toBe(2);
});

test('rounds in which one had no turn do not count', () => {
  expect(ratio([1, null, 1], [3, 100, null])).toBe(3);
  expect(ratio([null], [1])).toBeUndefined();
});
