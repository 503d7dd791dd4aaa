import type { Local } from '../assembler/function-body.ts';
import * as op from '../assembler/opcode.ts';
import { add, both, div, expOfSum, ln2High, ln2Low, mul, select, splitExponent, sub, within } from './float64.ts';
import { compute, type Formula, polynomial64, replaceIrregular64 } from './vector.ts';

/** The value of the lowest 27 of 53 bits, as the bits of a float64. */
const lowBits = (2 ** 27 - 1) * 2 ** -1074;

/** The first 26 bits of a value: products of two such values are exact. */
function leading(l: Formula, x: Local): Local {
  return compute(l, op.v128_andnot, x, both(l, lowBits));
}

/** ⅔ in two parts, the first of 26 bits. */
const twoThirdsHigh = 0.6666666567325592;
const twoThirdsLow = 9.934107462565104e-9;

/** R/s⁴ as a polynomial in s², fitted at Chebyshev nodes for √½ ≤ m ≤ √2 (relative error 2⁻⁵⁷). */
const coefficients = [
  0.17584767935814777, 0.1755935450923681, 0.20002207040770967, 0.23076892443777647, 0.272727275030892,
  0.3333333333248383, 0.4285714285714405, 0.6,
];

/**
 * ln(m·2ᵉ) for m between √½ and √2 as the sum of two numbers, the first of 26 bits: with s = (m − 1)/(m + 1),
 * ln m = 2/3·s·(3 + s² + R) where R = 3/5·s⁴ + 3/7·s⁶ + … Each step keeps what its rounding takes, since a logarithm is
 * multiplied by up to 2¹⁰ in a power.
 *
 * @see Muller, Elementary Functions: Algorithms and Implementation (2016), §11 (the method)
 */
function logarithm(l: Formula, m: Local, e: Local): { high: Local; low: Local } {
  const f = sub(l, m, 1);
  const t = add(l, m, 1);
  const inverse = div(l, 1, t);
  const s = mul(l, f, inverse);
  const sHigh = leading(l, s);
  const tHigh = leading(l, t);
  const tLow = sub(l, m, sub(l, tHigh, 1));
  // (f − sHigh·t)/t
  const sLow = mul(l, sub(l, sub(l, f, mul(l, sHigh, tHigh)), mul(l, sHigh, tLow)), inverse);
  const square = mul(l, sHigh, sHigh);
  const z = mul(l, s, s);
  const rest = add(l, mul(l, polynomial64(l, z, coefficients), mul(l, z, z)), mul(l, sLow, add(l, sHigh, s)));
  const sum = add(l, square, 3);
  const uHigh = leading(l, add(l, sum, rest));
  const uLow = sub(l, rest, sub(l, sub(l, uHigh, 3), square));
  const product = mul(l, sHigh, uHigh);
  const productLow = add(l, mul(l, sLow, uHigh), mul(l, uLow, s));
  const pHigh = leading(l, add(l, product, productLow));
  const pLow = sub(l, productLow, sub(l, pHigh, product));
  const main = mul(l, pHigh, twoThirdsHigh);
  const corrections = add(l, add(l, mul(l, pHigh, twoThirdsLow), mul(l, pLow, 2 / 3)), mul(l, e, ln2Low));
  const whole = mul(l, e, ln2High);
  const high = leading(l, add(l, add(l, main, corrections), whole));
  return { high, low: sub(l, corrections, sub(l, sub(l, high, whole), main)) };
}

/**
 * aᵇ on two float64 lanes: e^(b·ln|a|), where ln|a| and its product with b are sums of two numbers.
 *
 * Special cases are those of C99 and NumPy: a⁰ = 1 and 1ᵇ = 1 even for NaN, (−1)^±∞ = 1, and a negative base has integer
 * powers only.
 */
export function pow(l: Formula, a: Local, b: Local | undefined): Local {
  const size = compute(l, op.f64x2_abs, a);
  const { m, e } = splitExponent(l, size);
  const log = logarithm(l, m, e);
  // Larger exponents give 0, 1 or ∞ as these do.
  const exponent = within(l, b!, -(2 ** 70), 2 ** 70);
  const bHigh = leading(l, exponent);
  const high = mul(l, bHigh, log.high);
  const low = add(l, mul(l, sub(l, exponent, bHigh), log.high), mul(l, exponent, log.low));
  const result = select(l, compute(l, op.f64x2_eq, size, 1), 1, expOfSum(l, high, low));
  const regular = compute(l, op.v128_and, compute(l, op.f64x2_gt, a, 0), compute(l, op.f64x2_lt, a, Infinity));
  replaceIrregular64(l, result, regular, () => special(l, a, size, b!, result));
  return result;
}

/** The power where a is 0, infinite, NaN or negative, computed from the power of |a|. */
function special(l: Formula, a: Local, size: Local, b: Local, power: Local): Local {
  const isInteger = (value: Local): Local => compute(l, op.f64x2_eq, compute(l, op.f64x2_nearest, value), value);
  const zero = compute(l, op.f64x2_eq, size, 0);
  const end = compute(l, op.v128_or, zero, compute(l, op.f64x2_eq, size, Infinity));
  // Zeros to negative powers, and infinity to positive ones, are infinite.
  const large = compute(l, op.v128_xor, zero, compute(l, op.f64x2_gt, b, 0));
  const ends = select(l, compute(l, op.f64x2_eq, b, b), select(l, large, Infinity, 0), NaN);
  const odd = compute(l, op.v128_andnot, isInteger(b), isInteger(mul(l, b, 0.5)));
  const sign = compute(l, op.v128_and, compute(l, op.v128_and, a, odd), both(l, -0));
  const signed = compute(l, op.v128_or, select(l, end, ends, power), sign);
  const negative = compute(l, op.v128_andnot, compute(l, op.f64x2_lt, a, 0), compute(l, op.v128_or, end, isInteger(b)));
  const wrong = compute(l, op.v128_or, compute(l, op.f64x2_ne, a, a), negative);
  return select(l, compute(l, op.f64x2_eq, b, 0), 1, select(l, wrong, NaN, signed));
}
