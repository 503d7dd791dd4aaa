import { expect, test } from 'vitest';
import golden from '../../golden/erf.json' with { type: 'json' };
import { erf, erfc } from './erf.ts';

const view = new DataView(new ArrayBuffer(8));

/** The index of a number among all float64 numbers in order, so that neighbours differ by one. */
function ordinal(value: number): bigint {
  view.setFloat64(0, Math.abs(value));
  return value < 0 ? -view.getBigInt64(0) : view.getBigInt64(0);
}

test('erf is within two units in the last place of the exact value', () => {
  expect(golden.cases.length).toBeGreaterThan(200);
  for (const [x, expected] of golden.cases as [number, number][]) {
    const units = ordinal(erf(x)) - ordinal(expected);
    expect(units < 0n ? -units : units, `erf(${x}) = ${erf(x)}, exactly ${expected}`).toBeLessThanOrEqual(2n);
  }
});

test('erf is odd', () => {
  for (const [x] of golden.cases as [number, number][]) expect(erf(-x)).toBe(-erf(x));
});

test('erf is −1 and 1 at −∞ and ∞, and NaN of NaN', () => {
  expect(erf(Infinity)).toBe(1);
  expect(erf(-Infinity)).toBe(-1);
  expect(erf(1e300)).toBe(1);
  expect(erf(NaN)).toBeNaN();
});

test('erfc keeps its digits where erf is 1', () => {
  // From the erfc of the C library.
  const known: readonly (readonly [number, number])[] = [
    [0.5, 0.4795001221869535],
    [1, 0.15729920705028513],
    [2, 0.004677734981047265],
    [4, 1.541725790028002e-8],
    [5, 1.5374597944280351e-12],
    [10, 2.088487583762545e-45],
    [-1, 1.842700792949715],
    [0, 1],
    [Infinity, 0],
    [-Infinity, 2],
  ];
  for (const [x, expected] of known) {
    expect(Math.abs(erfc(x) - expected), `erfc(${x}) = ${erfc(x)}`).toBeLessThanOrEqual(8e-16 * expected);
  }
  expect(erfc(NaN)).toBeNaN();
});
