import type { FunctionBody, Local } from '../assembler/function-body.ts';
import * as op from '../assembler/opcode.ts';
import {
  type CallJs,
  compute,
  type Formula,
  polynomial64,
  replaceIrregular64,
  shift,
  store,
  type WriteFormula,
} from './vector.ts';

// Formulas on two float64 lanes, within 2 units in the last place. Products and sums are never fused, so that results
// are the same on every machine.

type Value = Local | number;

export const add = (l: Formula, a: Value, b: Value): Local => compute(l, op.f64x2_add, a, b);
export const sub = (l: Formula, a: Value, b: Value): Local => compute(l, op.f64x2_sub, a, b);
export const mul = (l: Formula, a: Value, b: Value): Local => compute(l, op.f64x2_mul, a, b);
export const div = (l: Formula, a: Value, b: Value): Local => compute(l, op.f64x2_div, a, b);

/** A number in both lanes. */
export function both(l: Formula, value: number): Local {
  l.constants.write(l.f, 'float64', value);
  return store(l);
}

const vectorOf = (l: Formula, value: Value): Local => (typeof value === 'number' ? both(l, value) : value);

/** One value where the mask is set, the other elsewhere. */
export function select(l: Formula, mask: Local, yes: Value, no: Value): Local {
  return compute(l, op.v128_bitselect, vectorOf(l, yes), vectorOf(l, no), mask);
}

/** The magnitude of one value, which must not be negative, with the sign of another. */
export function withSign(l: Formula, magnitude: Local, sign: Local): Local {
  return compute(l, op.v128_or, magnitude, compute(l, op.v128_and, sign, both(l, -0)));
}

/** 1/n! for every second n from `first` to `last`, with alternating signs; the last is first. */
function inverseFactorials(first: number, last: number): readonly number[] {
  const terms: number[] = [];
  let factorial = 1;
  for (let n = 1, sign = 1; n <= last; n++) {
    factorial *= n;
    if (n < first || (n - first) % 2 > 0) continue;
    terms.unshift(sign / factorial);
    sign = -sign;
  }
  return terms;
}

/** ln 2 in two parts. The first has 33 bits, so that its products with exponents are exact. */
export const ln2High = 0.69314718036912381649;
export const ln2Low = 1.90821492927058770002e-10;

/**
 * x + more = n·ln 2 + r with |r| ≤ ½ ln 2 and n an integer, as int32 lanes. What r lacks because it is rounded is `lost`.
 */
function reduced(l: Formula, x: Local, more?: Local): { exponent: Local; r: Local; lost: Local } {
  const n = compute(l, op.f64x2_nearest, mul(l, more ? add(l, x, more) : x, Math.LOG2E));
  const high = sub(l, x, mul(l, n, ln2High));
  const part = mul(l, n, ln2Low);
  const low = more ? sub(l, part, more) : part;
  const r = sub(l, high, low);
  return { exponent: compute(l, op.i32x4_trunc_sat_f64x2_s_zero, n), r, lost: sub(l, sub(l, high, r), low) };
}

/** 2ⁿ for int32 lanes n from −1022 to 1023. */
function powerOf2(l: Formula, n: Local): Local {
  return shift(l, op.i64x2_shl, compute(l, op.i64x2_extend_low_i32x4_s, compute(l, op.i32x4_add, n, 1023)), 52);
}

/** 2ⁿ·y in two steps, so that no step overflows or underflows unless the result does. */
function scale(l: Formula, y: Local, n: Local): Local {
  const half = shift(l, op.i32x4_shr_s, n, 1);
  return mul(l, mul(l, y, powerOf2(l, half)), powerOf2(l, compute(l, op.i32x4_sub, n, half)));
}

/** x between two bounds. The comparison keeps NaN, which is its first operand. */
export function within(l: Formula, x: Local, low: number, high: number): Local {
  return compute(l, op.f64x2_pmin, compute(l, op.f64x2_pmax, x, low), high);
}

/** (eʳ − 1 − r)/r² as a polynomial, fitted at Chebyshev nodes on |r| ≤ ½ ln 2 (error of eʳ 2⁻⁶²). */
const coefficients = [
  2.0914686968086876e-9, 2.5105217004720745e-8, 2.75572736431103e-7, 2.7557255400206422e-6, 2.4801587325547743e-5,
  0.00019841269874820627, 0.0013888888888883748, 0.008333333333326136, 0.04166666666666667, 0.1666666666666667, 0.5,
];

/**
 * eʳ − 1 + c on |r| ≤ ½ ln 2, for c = 0 or |c| ≥ ½, by r + r²·P(r). What rounding takes from c + r is added to the
 * smaller terms.
 */
function expm1Plus(l: Formula, { r, lost }: { readonly r: Local; readonly lost: Local }, c: Value): Local {
  const terms = add(l, mul(l, polynomial64(l, r, coefficients), mul(l, r, r)), lost);
  const sum = add(l, c, r);
  return add(l, sum, add(l, add(l, sub(l, c, sum), r), terms));
}

/**
 * eˣ: x = n·ln 2 + r, eˣ = 2ⁿ·eʳ.
 *
 * @see Muller, Elementary Functions: Algorithms and Implementation (2016), §11 (the method)
 */
export function exp(l: Formula, x: Local): Local {
  const near = reduced(l, within(l, x, -746, 710));
  return scale(l, expm1Plus(l, near, 1), near.exponent);
}

/** e^(x + more), where x + more is not rounded; `more` is small. */
export function expOfSum(l: Formula, x: Local, more: Local): Local {
  const near = reduced(l, within(l, x, -800, 800), within(l, more, -1, 1));
  return scale(l, expm1Plus(l, near, 1), near.exponent);
}

/** eˣ − 1, exact near 0: 2ⁿ·((eʳ − 1) + (1 − 2⁻ⁿ)). */
export function expm1(l: Formula, x: Local): Local {
  const near = reduced(l, within(l, x, -40, 710));
  // From 2⁶⁰ on what 2⁻ⁿ adds is lost.
  const inverse = powerOf2(l, compute(l, op.i32x4_sub, 0, compute(l, op.i32x4_min_s, near.exponent, 60)));
  const result = scale(l, expm1Plus(l, near, sub(l, 1, inverse)), near.exponent);
  return select(l, compute(l, op.f64x2_eq, x, 0), x, result);
}

/** The high words of both lanes, as int32 lanes. */
function highWords(l: Formula, x: Local): Local {
  l.f.do(op.i8x16_shuffle, x, x).with(4, 5, 6, 7, 12, 13, 14, 15, 4, 5, 6, 7, 12, 13, 14, 15);
  return store(l);
}

const sqrtHalfBits = 0x3fe6a09e;

/** A normal x > 0 as m·2ᵉ with m between √½ and √2, e as int32 lanes. */
function split(l: Formula, x: Local): { m: Local; e: Local } {
  const e = shift(l, op.i32x4_shr_s, compute(l, op.i32x4_sub, highWords(l, x), sqrtHalfBits), 20);
  const bits = shift(l, op.i64x2_shl, compute(l, op.i64x2_extend_low_i32x4_s, e), 52);
  return { m: compute(l, op.i64x2_sub, x, bits), e };
}

/** 2/(2k + 1), the coefficients of ln((1 + s)/(1 − s)) = 2s + 2/3·s³ + 2/5·s⁵ + …, the last first. */
const artanh: readonly number[] = Array.from({ length: 12 }, (_, k) => 2 / (2 * (12 - k) + 1));

/**
 * ln(m·2ᵉ) + rest for m between √½ and √2: with f = m − 1 and s = f/(2 + f), ln m = f − s·(f − R(s²)), where
 * R(s²) = 2/3·s² + 2/5·s⁴ + …
 */
function logarithm(l: Formula, m: Local, e: Local, rest?: Local): Local {
  const f = sub(l, m, 1);
  const s = div(l, f, add(l, f, 2));
  const square = mul(l, s, s);
  const r = mul(l, polynomial64(l, square, artanh), square);
  // f − s·(f − R) = f − (f²/2 − s·(f²/2 + R)): the first correction is exact up to rounding.
  const half = mul(l, mul(l, f, f), 0.5);
  const small = mul(l, s, add(l, half, r));
  const low = mul(l, e, ln2Low);
  const corrections = add(l, small, rest ? add(l, low, rest) : low);
  return sub(l, mul(l, e, ln2High), sub(l, sub(l, half, corrections), f));
}

/** The result where x lies between a pole and ∞: −∞ at the pole, NaN below it, x at ∞ and NaN. */
function withPole(l: Formula, x: Local, pole: number, result: Local): Local {
  const inside = compute(l, op.v128_and, compute(l, op.f64x2_gt, x, pole), compute(l, op.f64x2_lt, x, Infinity));
  replaceIrregular64(l, result, inside, () => {
    const atPole = select(l, compute(l, op.f64x2_eq, x, pole), -Infinity, x);
    return select(l, inside, result, select(l, compute(l, op.f64x2_lt, x, pole), NaN, atPole));
  });
  return result;
}

/** x > 0 as m·2ᵉ with m between √½ and √2, e as float64. Subnormal numbers are multiplied by 2⁵⁴ first. */
export function splitExponent(l: Formula, x: Local): { m: Local; e: Local } {
  const tiny = compute(l, op.f64x2_lt, x, 2 ** -1022);
  const { m, e } = split(l, select(l, tiny, mul(l, x, 2 ** 54), x));
  return { m, e: sub(l, compute(l, op.f64x2_convert_low_i32x4_s, e), compute(l, op.v128_and, tiny, both(l, 54))) };
}

/** ln x: x = m·2ᵉ with m near 1, ln x = ln m + e·ln 2. */
export function log(l: Formula, x: Local): Local {
  const { m, e } = splitExponent(l, x);
  return withPole(l, x, 0, logarithm(l, m, e));
}

/** ln(1 + x), exact near 0: ln u + (x − (u − 1))/u, where u is 1 + x rounded. */
export function log1p(l: Formula, x: Local): Local {
  const u = add(l, x, 1);
  const { m, e } = split(l, u);
  // The smaller of the two numbers keeps all its digits.
  const byX = sub(l, x, sub(l, u, 1));
  const byOne = sub(l, 1, sub(l, u, x));
  const lost = div(l, select(l, compute(l, op.f64x2_lt, x, 1), byX, byOne), u);
  const result = logarithm(l, m, compute(l, op.f64x2_convert_low_i32x4_s, e), lost);
  return withPole(l, x, -1, select(l, compute(l, op.f64x2_eq, x, 0), x, result));
}

/** tanh x = t/(t + 2) with t = e^(2|x|) − 1, and the sign of x. */
export function tanh(l: Formula, x: Local): Local {
  const size = compute(l, op.f64x2_pmin, compute(l, op.f64x2_abs, x), 20);
  const t = expm1(l, add(l, size, size));
  return withSign(l, div(l, t, add(l, t, 2)), x);
}

/** π/2 in three parts. The first two have 33 bits, so that their products with integers up to 2²⁰ are exact. */
const halfPi = [1.57079632673412561417, 6.0771005063039659766e-11, 2.02226624879595063154e-21] as const;

/** From here on the operation is computed in JavaScript. */
const limit = 2 ** 20;

/** sin x: x = n·π/2 + r, and n says which of ±sin r and ±cos r it is. */
export function sin(l: Formula, x: Local, _: Local | undefined, call: CallJs): Local {
  return turned(l, x, 0, call);
}

/** cos x: the sine, a quarter turn further. */
export function cos(l: Formula, x: Local, _: Local | undefined, call: CallJs): Local {
  return turned(l, x, 1, call);
}

function turned(l: Formula, x: Local, quarters: 0 | 1, call: CallJs): Local {
  const { f } = l;
  const whole = compute(l, op.f64x2_nearest, mul(l, x, 2 / Math.PI));
  let r = x;
  for (const part of halfPi) r = sub(l, r, mul(l, whole, part));
  const turns = compute(l, op.i32x4_trunc_sat_f64x2_s_zero, whole);
  const n = quarters ? compute(l, op.i32x4_add, turns, 1) : turns;
  const square = mul(l, r, r);
  const odd = polynomial64(l, square, inverseFactorials(3, 19));
  // r − r³/3! + r⁵/5! − …
  const sine = sub(l, r, mul(l, mul(l, odd, square), r));
  const even = polynomial64(l, square, inverseFactorials(4, 20));
  // 1 − r²/2, and what its rounding loses.
  const half = mul(l, square, 0.5);
  const first = sub(l, 1, half);
  const lost = sub(l, sub(l, 1, first), half);
  const cosine = add(l, first, add(l, mul(l, even, mul(l, square, square)), lost));
  const mask = shift(l, op.i32x4_shr_s, shift(l, op.i32x4_shl, n, 31), 31);
  const swap = compute(l, op.i64x2_extend_low_i32x4_s, mask);
  // The second lowest bit of n turns the sign.
  const second = compute(l, op.i64x2_extend_low_i32x4_s, shift(l, op.i32x4_shl, n, 30));
  const sign = compute(l, op.v128_and, shift(l, op.i64x2_shl, second, 32), both(l, -0));
  const turnedBack = compute(l, op.v128_xor, select(l, swap, cosine, sine), sign);
  // The subtraction gives 0 for −0.
  const result = quarters ? turnedBack : select(l, compute(l, op.f64x2_eq, x, 0), x, turnedBack);
  f.do(op.v128_any_true, compute(l, op.f64x2_ge, compute(l, op.f64x2_abs, x), limit)).if();
  for (let lane = 0; lane < 2; lane++) {
    const element = (): FunctionBody => f.do(op.f64x2_extract_lane, x).with(lane);
    element().do(op.f64_abs).f64(limit).do(op.f64_ge).if().get(result);
    call(f, element);
    f.do(op.f64x2_replace_lane).with(lane).set(result).end();
  }
  f.end();
  return result;
}

const square = (l: Formula, a: Local): Local => mul(l, a, a);

/** a to the power ½: √a, but 0 at −0 and ∞ at −∞. */
function squareRoot(l: Formula, a: Local): Local {
  return select(l, compute(l, op.f64x2_eq, a, -Infinity), Infinity, compute(l, op.f64x2_sqrt, add(l, a, 0)));
}

/** Powers that need no logarithm, by exponents that are known when the program is compiled. */
export const powers: ReadonlyMap<number, WriteFormula> = /* @__PURE__ */ new Map<number, WriteFormula>([
  [-2, (l, a) => square(l, div(l, 1, a))],
  [-1, (l, a) => div(l, 1, a)],
  [-0.5, (l, a) => div(l, 1, squareRoot(l, a))],
  [0.5, squareRoot],
  [1, (_, a) => a],
  [2, square],
  [3, (l, a) => mul(l, square(l, a), a)],
]);
