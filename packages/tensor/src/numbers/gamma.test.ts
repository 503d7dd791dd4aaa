import { describe, expect, test } from 'vitest';
import { digamma, logGamma, polygamma } from './gamma.ts';

const euler = 0.5772156649015329;

/** |got − expected| relative to the larger of |expected| and 1. */
const error = (got: number, expected: number): number => Math.abs(got - expected) / Math.max(Math.abs(expected), 1);

describe('logGamma', () => {
  test('is ln (n − 1)! at integers', () => {
    let factorial = 1;
    for (let n = 1; n < 100; n++) {
      expect(error(logGamma(n), Math.log(factorial)), `${n}`).toBeLessThan(8e-15);
      factorial *= n;
    }
  });

  test.each([
    [0.5, Math.log(Math.sqrt(Math.PI))],
    [-0.5, Math.log(2 * Math.sqrt(Math.PI))],
    [-1.5, Math.log((4 / 3) * Math.sqrt(Math.PI))],
    [1e-10, Math.log(1e10) - euler * 1e-10],
    [0, Infinity],
    [-3, Infinity],
    [Infinity, Infinity],
  ])('at %d is %d', (x, expected) => {
    if (Number.isFinite(expected)) expect(error(logGamma(x), expected)).toBeLessThan(8e-15);
    else expect(logGamma(x)).toBe(expected);
  });

  test('of NaN is NaN', () => {
    expect(logGamma(NaN)).toBeNaN();
  });
});

describe('digamma', () => {
  test.each([
    [1, -euler],
    [0.5, -euler - 2 * Math.LN2],
    [2, 1 - euler],
    [-0.5, -euler - 2 * Math.LN2 + 2],
    [10, -euler + 1 + 1 / 2 + 1 / 3 + 1 / 4 + 1 / 5 + 1 / 6 + 1 / 7 + 1 / 8 + 1 / 9],
  ])('at %d is %d', (x, expected) => {
    expect(error(digamma(x), expected)).toBeLessThan(2e-15);
  });

  test('is infinite at 0, with the sign of the pole, and NaN at negative integers', () => {
    expect([digamma(0), digamma(-0)]).toEqual([-Infinity, Infinity]);
    expect(digamma(-2)).toBeNaN();
  });

  test('is the derivative of logGamma', () => {
    for (const x of [-2.3, -0.7, 0.2, 1.5, 7, 40]) {
      const h = 1e-5;
      expect(error((logGamma(x + h) - logGamma(x - h)) / (2 * h), digamma(x)), `${x}`).toBeLessThan(1e-8);
    }
  });
});

describe('polygamma', () => {
  test.each([
    [1, 1, Math.PI ** 2 / 6],
    [1, 0.5, Math.PI ** 2 / 2],
    [1, -0.5, Math.PI ** 2 / 2 + 4],
    [2, 1, -2 * 1.2020569031595942],
    [3, 1, Math.PI ** 4 / 15],
  ])('of order %d at %d is %d', (n, x, expected) => {
    expect(error(polygamma(n, x), expected)).toBeLessThan(4e-15);
  });

  test('is the derivative of the order below', () => {
    for (const n of [1, 2, 3, 4]) {
      for (const x of [0.3, 1.5, 9, 30]) {
        const h = 1e-5;
        const below = (at: number): number => (n === 1 ? digamma(at) : polygamma(n - 1, at));
        expect(error((below(x + h) - below(x - h)) / (2 * h), polygamma(n, x)), `${n} ${x}`).toBeLessThan(1e-6);
      }
    }
  });
});
