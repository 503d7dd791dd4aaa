import type { Local } from '../assembler/function-body.ts';
import * as op from '../assembler/opcode.ts';
import { exp } from './exponential.ts';
import { compute, type Formula, mul, multiplyAdd, polynomial, select, sub, withSign } from './vector.ts';

/** Above this erf rounds to 1 in float32. */
const end = 4;

/**
 * The error function on four float32 lanes: near 0 x + x·P(x²), elsewhere 1 − e^(−t·Q(t)) with t = |x| and the
 * sign of x.
 *
 * The coefficients were fitted by Remez’ exchange: P for the relative error of erf on |x| ≤ 0.95 (2⁻³⁰), Q for that of
 * erf on 0.9 ≤ t ≤ 4 (2⁻³⁰).
 *
 * @see Abramowitz and Stegun, Handbook of Mathematical Functions (1964), §7.1 (the function)
 */
export function erf(l: Formula, x: Local): Local {
  const size = compute(l, op.f32x4_pmin, compute(l, op.f32x4_abs, x), end);
  const square = mul(l, size, size);
  const p = polynomial(
    l,
    square,
    [8.18510085e-5, -8.09770529e-4, 5.19695227e-3, -2.68577052e-2, 1.1283664e-1, -3.76126316e-1, 1.28379166e-1],
  );
  const near = multiplyAdd(l, p, size, size);
  const q = polynomial(
    l,
    size,
    [-1.04334908e-5, 3.14861628e-4, -3.61035523e-3, 2.36945919e-2, -1.06159077e-1, -6.35198019e-1, -1.12863708],
  );
  const far = sub(l, 1, exp(l, mul(l, q, size)));
  return withSign(l, select(l, compute(l, op.f32x4_lt, size, 0.92), near, far), x);
}
