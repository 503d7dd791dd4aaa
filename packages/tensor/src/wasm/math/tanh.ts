import type { Local } from '../function-body.ts';
import * as op from '../opcode.ts';
import { exp } from './exp.ts';
import { add, compute, mul, multiplyAdd, polynomial, select, sub, withSign, type Formula } from './formula.ts';

/**
 * tanh x on four float32 lanes: near 0 an odd polynomial, elsewhere 1 − 2 / (e^(2|x|) + 1) with the sign of x.
 *
 * @see Moshier, Cephes Mathematical Library (1992), tanhf (coefficients)
 */
export function tanh(l: Formula, x: Local): Local {
  const size = compute(l, op.f32x4_abs, x);
  const square = mul(l, x, x);
  const p = polynomial(
    l,
    square,
    [-5.70498872745e-3, 2.06390887954e-2, -5.37397155531e-2, 1.33314422036e-1, -3.33332819422e-1],
  );
  const near = multiplyAdd(l, mul(l, p, square), size, size);
  const far = sub(l, 1, compute(l, op.f32x4_div, 2, add(l, exp(l, add(l, size, size)), 1)));
  return withSign(l, select(l, compute(l, op.f32x4_lt, size, 0.625), near, far), x);
}
