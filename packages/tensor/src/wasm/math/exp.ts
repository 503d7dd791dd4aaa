import type { Local } from '../function-body.ts';
import * as op from '../opcode.ts';
import type { Formula } from './formula.ts';

/** ln 2 in two parts, the first with so few bits that small whole multiples of it are exact. */
export const ln2High = 0.693359375;
export const ln2Low = -2.12194440054690583e-4;

/** Adding it rounds a float32 to a whole number, which then stands in the lowest bits. */
const magic = 1.5 * 2 ** 23;
const magicBits = 0x4b400000;

/**
 * x = n·ln 2 + r + c with |r| ≤ ½ ln 2: eʳ⁺ᶜ − 1 as float32, and n + `lift` in the lowest bits of `shifted`. c is what
 * the rounding of r cost.
 */
function reduced(l: Formula, x: Local, corrected: boolean, lift = 0): { shifted: Local; p: Local } {
  const shifted = l.multiplyAdd(x, Math.LOG2E, magic + lift);
  const n = l.sub(shifted, magic + lift);
  const high = l.multiplyAdd(n, -ln2High, x);
  const r = l.multiplyAdd(n, -ln2Low, high);
  const square = l.mul(r, r);
  const p = l.polynomial(
    r,
    [1.98756915e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1],
  );
  const tail = corrected ? l.multiplyAdd(n, -ln2Low, l.sub(high, r)) : undefined;
  return { shifted, p: l.add(tail ? l.multiplyAdd(p, square, tail) : l.mul(p, square), r) };
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
 * @see Moshier, Cephes Mathematical Library (1992), expf (coefficients)
 */
export function exp(l: Formula, x: Local): Local {
  // The nearer operand first: these give it back when it is NaN.
  const raised = l.do(op.f32x4_pmax, x, -104);
  const { shifted, p } = reduced(l, raised, false, lift);
  const lifted = l.do(op.i32x4_add, l.add(p, 1), l.shift(op.i32x4_shl, shifted, 23));
  const result = l.mul(lifted, 2 ** -lift);
  l.mend(result, l.do(op.v128_not, l.do(op.f32x4_le, x, highest)), () => {
    const far = reduced(l, l.do(op.f32x4_pmin, raised, 89), false);
    return l.scale(l.add(far.p, 1), l.do(op.i32x4_sub, far.shifted, magicBits));
  });
  return result;
}

/**
 * eˣ − 1 on four float32 lanes, exact near 0: 2ⁿ·((eʳ − 1) + (1 − 2⁻ⁿ)).
 *
 * @see Moshier, Cephes Mathematical Library (1992), expf (coefficients)
 */
export function expm1(l: Formula, x: Local): Local {
  const { shifted, p } = reduced(l, l.do(op.f32x4_pmin, l.do(op.f32x4_pmax, x, -18), 89), true);
  const n = l.do(op.i32x4_sub, shifted, magicBits);
  return l.withSign(l.scale(l.add(p, l.sub(1, l.inversePowerOf2(n))), n), x);
}
