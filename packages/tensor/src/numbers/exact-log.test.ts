import { expect, test } from 'vitest';
import golden from '../../golden/log.json' with { type: 'json' };
import { exactLog } from './exact-log.ts';

test('the logarithm is correctly rounded', () => {
  expect(golden.cases.length).toBeGreaterThan(400);
  for (const [x, expected] of golden.cases as [number, number][]) expect(exactLog(x), `ln ${x}`).toBe(expected);
});

test('the remainder is the rounding error of the result', () => {
  const remainder = new Float64Array(1);
  // ln 2 = 0.693147180559945309417232121458…, whose float64 falls short by 2.3190468138463e-17.
  expect(exactLog(2, remainder)).toBe(Math.LN2);
  expect(remainder[0]).toBeCloseTo(2.3190468138463e-17, 30);
});

test('the logarithm of 1 is 0, of 0 −Infinity, and of negative numbers NaN', () => {
  expect(exactLog(1)).toBe(0);
  expect(exactLog(0)).toBe(-Infinity);
  expect(exactLog(Infinity)).toBe(Infinity);
  expect(exactLog(-1)).toBeNaN();
  expect(exactLog(NaN)).toBeNaN();
});
