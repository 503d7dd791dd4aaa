import type { Local } from '../function-body.ts';
import * as op from '../opcode.ts';
import { compute, mend, mul, multiplyAdd, polynomial, scale, select, withSign, type Formula } from './formula.ts';
import { split } from './log.ts';
import { doublesOf, nearest, polynomial64 } from './wide.ts';

/**
 * aᵇ on four float32 lanes: 2^(b·log₂|a|) with the logarithm and its product in float64, as each of their bits before
 * the point costs one of the result.
 *
 * Special cases are those of `Math.pow`: a⁰ = 1 even for NaN, (±1)^±∞ = NaN, and below 0 only whole powers exist.
 *
 * The coefficients were fitted by Remez’ exchange: for the logarithm 2/ln 2·artanh(s)/s in s² with
 * s = (m − 1)/(m + 1), √½ ≤ m ≤ √2 (relative error 2⁻³⁷), for the power (2ʳ − 1)/r on |r| ≤ ½ (2⁻²⁸).
 *
 * @see Muller, Elementary Functions: Algorithms and Implementation (2016), §11 (the method)
 */
export function pow(l: Formula, a: Local, b: Local | undefined): Local {
  const exponent = b!;
  const size = compute(l, op.f32x4_abs, a);
  const { m, e } = split(l, size);
  const [es, exponents] = [doublesOf(l, e), doublesOf(l, exponent)];
  const powers = doublesOf(l, m).map((half, at) => {
    const s = compute(l, op.f64x2_div, half, compute(l, op.f64x2_add, half, 2));
    const p = polynomial64(
      l,
      compute(l, op.f64x2_mul, s, s),
      [0.34073010658534338, 0.41167271899777669, 0.57708358496515137, 0.96179667334179749, 2.8853900817900862],
    );
    const log = compute(l, op.f64x2_add, compute(l, op.f64x2_mul, p, s), es[at]!);
    return compute(
      l,
      op.f64x2_pmin,
      compute(l, op.f64x2_pmax, compute(l, op.f64x2_mul, log, exponents[at]!), -151),
      129,
    );
  });
  const { whole, rest: r } = nearest(l, powers, (n, half) => compute(l, op.f64x2_sub, powers[half]!, n));
  const p = polynomial(
    l,
    r,
    [1.53533572e-4, 1.33988751e-3, 9.61843737e-3, 5.55033247e-2, 2.40226479e-1, 6.93147203e-1],
  );
  const result = scale(l, multiplyAdd(l, p, r, 1), whole);
  const regular = compute(l, op.v128_and, compute(l, op.f32x4_gt, a, 0), compute(l, op.f32x4_lt, a, Infinity));
  mend(l, result, regular, () => special(l, a, size, exponent, result));
  return result;
}

/** The power where some a is 0, infinite, NaN or below 0, from the power of |a| where that is finite. */
function special(l: Formula, a: Local, size: Local, b: Local, power: Local): Local {
  const is = (value: Local): Local => compute(l, op.f32x4_eq, compute(l, op.f32x4_trunc, value), value);
  const zero = compute(l, op.f32x4_eq, size, 0);
  const end = compute(l, op.v128_or, zero, compute(l, op.f32x4_eq, size, Infinity));
  // Zeros to negative powers, and infinity to positive ones, are infinite.
  const large = compute(l, op.v128_xor, zero, compute(l, op.f32x4_gt, b, 0));
  const ends = select(l, compute(l, op.f32x4_eq, b, b), select(l, large, Infinity, 0), NaN);
  const odd = compute(l, op.v128_andnot, is(b), is(mul(l, b, 0.5)));
  const signed = withSign(l, select(l, end, ends, power), compute(l, op.v128_and, a, odd));
  const wrong = compute(
    l,
    op.v128_or,
    compute(l, op.f32x4_ne, a, a),
    compute(l, op.v128_andnot, compute(l, op.f32x4_lt, a, 0), compute(l, op.v128_or, end, is(b))),
  );
  return select(l, compute(l, op.f32x4_eq, b, 0), 1, select(l, wrong, NaN, signed));
}
