import { expect, test } from 'vitest';
import { rounded } from './rounded.ts';

test('rounds exact ties to the even digit, as Python prints them', () => {
  expect([0.625, 0.375, 0.125, 0.875].map((value) => rounded(value, 2))).toEqual(['0.62', '0.38', '0.12', '0.88']);
  expect([0.5, 1.5, 2.5].map((value) => rounded(value, 0))).toEqual(['0', '2', '2']);
});

test('rounds all else to the nearest', () => {
  // 1.005 is a little below, 0.145 a little above in binary.
  expect([1.005, 0.145, 2 / 3, 1].map((value) => rounded(value, 2))).toEqual(['1.00', '0.14', '0.67', '1.00']);
});
