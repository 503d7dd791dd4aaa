import type { Local } from '../function-body.ts';
import * as op from '../opcode.ts';
import { ln2High, ln2Low } from './exp.ts';
import {
  add,
  compute,
  inversePowerOf2,
  mend,
  mul,
  multiplyAdd,
  polynomial,
  select,
  shift,
  sub,
  withSign,
  type Formula,
} from './formula.ts';

const smallestNormal = 2 ** -126;
const sqrtHalfBits = 0x3f3504f3;

/** The power of two, as int32, that brings a number from 0 on between √½ and √2 when it is taken away. */
function exponentOf(l: Formula, x: Local): Local {
  return shift(l, op.i32x4_shr_s, compute(l, op.i32x4_sub, x, sqrtHalfBits), 23);
}

/**
 * A number from 0 on as (1 + m)·2ᵉ with 1 + m between √½ and √2: m exactly, e as float32. Subnormal numbers are lifted
 * by 2²³ first.
 */
export function split(l: Formula, x: Local): { m: Local; e: Local } {
  const tiny = compute(l, op.f32x4_lt, x, smallestNormal);
  const lifted = select(l, tiny, mul(l, x, 2 ** 23), x);
  const exponent = exponentOf(l, lifted);
  return {
    m: sub(l, compute(l, op.i32x4_sub, lifted, shift(l, op.i32x4_shl, exponent, 23)), 1),
    e: sub(l, compute(l, op.f32x4_convert_i32x4_s, exponent), compute(l, op.v128_and, tiny, 23)),
  };
}

/** ln(1 + m) + e·ln 2 + rest: m − m²/2 + m³·P(m), and the multiples of ln 2 by their parts, the smallest first. */
function logarithm(l: Formula, m: Local, e: Local, rest?: Local): Local {
  const square = mul(l, m, m);
  const p = polynomial(
    l,
    m,
    [
      7.0376836292e-2, -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1,
      2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
    ],
  );
  const cubic = mul(l, mul(l, p, m), square);
  const low = multiplyAdd(l, e, ln2Low, rest ? add(l, cubic, rest) : cubic);
  return multiplyAdd(l, e, ln2High, add(l, multiplyAdd(l, square, -0.5, low), m));
}

/** Where x is not between `pole` and infinity: −∞ at the pole, NaN below it, and infinity and NaN as they are. */
function withPole(l: Formula, x: Local, pole: number, result: Local): Local {
  const inside = compute(l, op.v128_and, compute(l, op.f32x4_gt, x, pole), compute(l, op.f32x4_lt, x, Infinity));
  mend(l, result, inside, () => {
    const atPole = select(l, compute(l, op.f32x4_eq, x, pole), -Infinity, x);
    return select(l, inside, result, select(l, compute(l, op.f32x4_lt, x, pole), NaN, atPole));
  });
  return result;
}

/**
 * ln x on four float32 lanes: x = m·2ᵉ with m near 1, ln x = ln m + e·ln 2.
 *
 * @see Moshier, Cephes Mathematical Library (1992), logf (coefficients)
 */
export function log(l: Formula, x: Local): Local {
  const { m, e } = split(l, x);
  return withPole(l, x, 0, logarithm(l, m, e));
}

/**
 * ln(1 + x) on four float32 lanes, exact near 0: 1 + x = (1 + m)·2ᵉ with m = x·2⁻ᵉ + (2⁻ᵉ − 1), where what the sum
 * loses is added to the logarithm.
 *
 * @see Moshier, Cephes Mathematical Library (1992), logf (coefficients)
 */
export function log1p(l: Formula, x: Local): Local {
  const exponent = exponentOf(l, add(l, x, 1));
  const scaled = compute(l, op.i32x4_sub, x, shift(l, op.i32x4_shl, exponent, 23));
  const change = sub(l, inversePowerOf2(l, exponent), 1);
  // A number below ½ that is scaled at all is the smaller part of the sum.
  const m = add(l, change, scaled);
  const lost = sub(l, scaled, sub(l, m, change));
  const e = compute(l, op.f32x4_convert_i32x4_s, exponent);
  return withPole(l, x, -1, withSign(l, logarithm(l, m, e, lost), x));
}
