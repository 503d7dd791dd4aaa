import type { Local } from '../function-body.ts';
import * as op from '../opcode.ts';
import {
  add,
  compute,
  inversePowerOf2,
  mend,
  mul,
  multiplyAdd,
  polynomial,
  scale,
  shift,
  sub,
  withSign,
  type Formula,
} from './formula.ts';

/** ln 2 in two parts, the first with so few bits that small whole multiples of it are exact. */
export const ln2High = 0.693359375;
export const ln2Low = -2.12194440054690583e-4;

/** Adding it rounds a float32 to a whole number, which then stands in the lowest bits. */
const magic = 1.5 * 2 ** 23;
const magicBits = 0x4b400000;

/**
 * (eʳ − 1 − r)/r² as a polynomial, highest power first, fitted for the least relative error of eʳ on |r| ≤ ½ ln 2 (2⁻²⁸).
 */
const coefficients = [1.38145289e-3, 8.36875103e-3, 4.16683927e-2, 1.6666519642e-1, 4.999999404e-1];

/** x = n·ln 2 + r with |r| ≤ ½ ln 2, r as `high` less what it still lacks; n + `lift` in the lowest bits of `shifted`. */
function reduced(l: Formula, x: Local, lift = 0): { shifted: Local; n: Local; high: Local; r: Local } {
  const shifted = multiplyAdd(l, x, Math.LOG2E, magic + lift);
  const n = sub(l, shifted, magic + lift);
  const high = multiplyAdd(l, n, -ln2High, x);
  return { shifted, n, high, r: multiplyAdd(l, n, -ln2Low, high) };
}

/** Up to here 2ⁿ⁺²⁴ is a float32; from −104 on eˣ is not 0. */
const highest = 71;
const lift = 24;

/**
 * eˣ on four float32 lanes: x = n·ln 2 + r, eˣ = 2ⁿ·eʳ with a polynomial for eʳ.
 *
 * Up to `highest` n + 24 is added to the exponent at once, and 2⁻²⁴ multiplied by, which rounds subnormal results as
 * they must be; greater numbers and NaN are rare, and take the long way.
 *
 * @see Muller, Elementary Functions: Algorithms and Implementation (2016), §11 (the method)
 */
export function exp(l: Formula, x: Local): Local {
  const power = (r: Local): Local => polynomial(l, r, [...coefficients, 1, 1]);
  // The nearer operand first: these give it back when it is NaN.
  const raised = compute(l, op.f32x4_pmax, x, -104);
  const { shifted, r } = reduced(l, raised, lift);
  const lifted = compute(l, op.i32x4_add, power(r), shift(l, op.i32x4_shl, shifted, 23));
  const result = mul(l, lifted, 2 ** -lift);
  mend(l, result, compute(l, op.f32x4_le, x, highest), () => {
    const far = reduced(l, compute(l, op.f32x4_pmin, raised, 89));
    return scale(l, power(far.r), compute(l, op.i32x4_sub, far.shifted, magicBits));
  });
  return result;
}

/**
 * eˣ − 1 on four float32 lanes, exact near 0: 2ⁿ·((eʳ − 1) + (1 − 2⁻ⁿ)), where what the rounding of r cost is added to
 * eʳ − 1.
 *
 * @see Muller, Elementary Functions: Algorithms and Implementation (2016), §11 (the method)
 */
export function expm1(l: Formula, x: Local): Local {
  const { shifted, n, high, r } = reduced(l, compute(l, op.f32x4_pmin, compute(l, op.f32x4_pmax, x, -18), 89));
  const lost = multiplyAdd(l, n, -ln2Low, sub(l, high, r));
  const p = add(l, multiplyAdd(l, polynomial(l, r, coefficients), mul(l, r, r), lost), r);
  const exponent = compute(l, op.i32x4_sub, shifted, magicBits);
  return withSign(l, scale(l, add(l, p, sub(l, 1, inversePowerOf2(l, exponent))), exponent), x);
}
