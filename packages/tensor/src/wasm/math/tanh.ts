import type { Local } from '../function-body.ts';
import * as op from '../opcode.ts';
import { exp } from './exp.ts';
import type { Formula } from './formula.ts';

/**
 * tanh x on four float32 lanes: near 0 an odd polynomial, elsewhere 1 − 2 / (e^(2|x|) + 1) with the sign of x.
 *
 * @see Moshier, Cephes Mathematical Library (1992), tanhf (coefficients)
 */
export function tanh(l: Formula, x: Local): Local {
  const size = l.do(op.f32x4_abs, x);
  const square = l.mul(x, x);
  const p = l.polynomial(
    square,
    [-5.70498872745e-3, 2.06390887954e-2, -5.37397155531e-2, 1.33314422036e-1, -3.33332819422e-1],
  );
  const near = l.multiplyAdd(l.mul(p, square), size, size);
  const far = l.sub(1, l.do(op.f32x4_div, 2, l.add(exp(l, l.add(size, size)), 1)));
  return l.withSign(l.select(l.do(op.f32x4_lt, size, 0.625), near, far), x);
}
