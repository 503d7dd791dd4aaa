import type { FunctionBody, Local } from '../assembler/function-body.ts';
import * as op from '../assembler/opcode.ts';
import {
  type CallJs,
  compute,
  doublesOf,
  type Formula,
  mul,
  multiplyAdd,
  nearest,
  polynomial,
  select,
  shift,
  withSign,
} from './vector.ts';

/** π/2 in two parts, the first of 25 bits, so that products with integers up to 2²⁸ are exact in float64. */
const halfPiHigh = 1.570796310901641845703125;
const halfPiLow = 1.5893254773528196e-8;

/** For larger |x| the function is computed in JavaScript. Neighbouring float32 numbers are 32 apart there. */
const limit = 2 ** 28;

/**
 * sin x on four float32 lanes: x = n·π/2 + r, reduced in float64. The lowest two bits of n select sin r or cos r, and the
 * sign.
 *
 * @param call  computes the function in JavaScript, for very large numbers
 * @see Moshier, Cephes Mathematical Library (1992), sinf, cosf (coefficients)
 * @see Cody and Waite, Software Manual for the Elementary Functions (1980), §8 (reduction)
 */
export function sin(l: Formula, x: Local, _: Local | undefined, call: CallJs): Local {
  return sineOf(l, x, 0, call);
}

/** cos x on four float32 lanes: sin(x + π/2). */
export function cos(l: Formula, x: Local, _: Local | undefined, call: CallJs): Local {
  return sineOf(l, x, 1, call);
}

function sineOf(l: Formula, x: Local, quarters: 0 | 1, call: CallJs): Local {
  const doubles = doublesOf(l, x);
  const { whole, rest: r } = nearest(
    l,
    doubles.map((half) => compute(l, op.f64x2_mul, half, 2 / Math.PI)),
    (n, half) =>
      compute(
        l,
        op.f64x2_sub,
        compute(l, op.f64x2_sub, doubles[half]!, compute(l, op.f64x2_mul, n, halfPiHigh)),
        compute(l, op.f64x2_mul, n, halfPiLow),
      ),
  );
  const n = quarters ? compute(l, op.i32x4_add, whole, 1) : whole;
  const square = mul(l, r, r);
  const odd = polynomial(l, square, [-1.9515295891e-4, 8.3321608736e-3, -1.6666654611e-1]);
  // The sum is +0 for x = −0, so the sign is restored.
  const sine = withSign(l, multiplyAdd(l, mul(l, odd, square), r, r), r);
  const even = polynomial(l, square, [2.443315711809948e-5, -1.388731625493765e-3, 4.166664568298827e-2, -0.5]);
  const cosine = multiplyAdd(l, even, square, 1);
  const swap = shift(l, op.i32x4_shr_s, shift(l, op.i32x4_shl, n, 31), 31);
  // The second lowest bit of n flips the sign.
  const sign = compute(l, op.v128_and, shift(l, op.i32x4_shl, n, 30), -0);
  const result = compute(l, op.v128_xor, select(l, swap, cosine, sine), sign);
  const { f } = l;
  f.do(op.i32x4_bitmask, compute(l, op.f32x4_ge, compute(l, op.f32x4_abs, x), limit)).if();
  for (let lane = 0; lane < 4; lane++) {
    const double = (): FunctionBody => f.do(op.f32x4_extract_lane, x).with(lane).do(op.f64_promote_f32);
    double().do(op.f64_abs).f64(limit).do(op.f64_ge).if().get(result);
    call(f, double);
    f.do(op.f32_demote_f64).do(op.f32x4_replace_lane).with(lane).set(result).end();
  }
  f.end();
  return result;
}
