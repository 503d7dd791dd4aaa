import { expect, test } from 'vitest';
import { unitsApart } from './units-apart.ts';

test('units apart are counted across 0', () => {
  expect(unitsApart(1, 1)).toBe(0);
  expect(unitsApart(1, 1 + Number.EPSILON)).toBe(1);
  expect(unitsApart(-Number.MIN_VALUE, Number.MIN_VALUE)).toBe(2);
  expect(unitsApart(0, -0)).toBe(0);
});
