import type { Local } from '../assembler/function-body.ts';
import * as op from '../assembler/opcode.ts';
import { add, div, expOfSum, mul, select, sub, withSign, within } from './float64.ts';
import { compute, type Formula, polynomial64 } from './vector.ts';

/** From here on erf rounds to 1. */
const end = 6;

// The coefficients of `numbers/erf.ts`, highest power first.
const nearNumerator = [
  -0.8142222938153968, -20.440167208473554, -130.16048378339403, -905.1312883920702, 365.14075569929884,
];
const nearDivisor = [1, 23.601290952344122, 244.02463793444417, 1282.6165260773723, 2844.236833439171];
const farNumerator = [
  2.1531153547440383e-8, 0.5641884969886701, 8.883149794388377, 66.11919063714163, 298.6351381974001, 881.952221241769,
  1712.0476126340707, 2051.0783778260716, 1230.3393547979972,
];
const farDivisor = [
  1, 15.744926110709835, 117.6939508913125, 537.1811018620099, 1621.3895745666903, 3290.7992357334597,
  4362.619090143247, 3439.3676741437216, 1230.3393548037495,
];

/**
 * The error function on two float64 lanes: up to 0.53 x + x·P(x²)/Q(x²), elsewhere 1 − e^(−t²)·R(t)/S(t) with t = |x|,
 * and the sign of x.
 *
 * @see W. J. Cody, Rational Chebyshev approximations for the error function, Mathematics of Computation 23 (1969)
 */
export function erf(l: Formula, x: Local): Local {
  const size = within(l, compute(l, op.f64x2_abs, x), 0, end);
  const square = mul(l, size, size);
  const quotient = div(l, polynomial64(l, square, nearNumerator), polynomial64(l, square, nearDivisor));
  const near = add(l, size, mul(l, size, quotient));
  // −t² in two parts, the first exact.
  const part = mul(l, compute(l, op.f64x2_floor, mul(l, size, 16)), 1 / 16);
  const lessSquare = mul(l, sub(l, part, size), add(l, part, size));
  const power = expOfSum(l, sub(l, 0, mul(l, part, part)), lessSquare);
  const complement = mul(l, power, div(l, polynomial64(l, size, farNumerator), polynomial64(l, size, farDivisor)));
  const far = add(l, sub(l, 0.5, complement), 0.5);
  return withSign(l, select(l, compute(l, op.f64x2_le, size, 0.53), near, far), x);
}
