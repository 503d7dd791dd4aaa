import type { Local } from '../assembler/function-body.ts';
import * as op from '../assembler/opcode.ts';
import {
  add,
  compute,
  doublesOf,
  type Formula,
  inversePowerOf2,
  replaceIrregular,
  mul,
  multiplyAdd,
  nearest,
  polynomial,
  polynomial64,
  scale,
  select,
  shift,
  sub,
  withSign,
} from './vector.ts';

/** ln 2 in two parts, the first with so few bits that small integer multiples of it are exact. */
const ln2High = 0.693359375;
const ln2Low = -2.12194440054690583e-4;

/** Adding it rounds a float32 to an integer, which is then in the lowest bits. */
const magic = 1.5 * 2 ** 23;
const magicBits = 0x4b400000;

/**
 * (eʳ − 1 − r)/r² as a polynomial, highest power first, fitted for the least relative error of eʳ on |r| ≤ ½ ln 2 (2⁻²⁸).
 */
const coefficients = [1.38145289e-3, 8.36875103e-3, 4.16683927e-2, 1.6666519642e-1, 4.999999404e-1];

/** x = n·ln 2 + r with |r| ≤ ½ ln 2, where r = `high` − n·`ln2Low`; n + `lift` is in the lowest bits of `shifted`. */
function reduced(l: Formula, x: Local, lift = 0): { shifted: Local; n: Local; high: Local; r: Local } {
  const shifted = multiplyAdd(l, x, Math.LOG2E, magic + lift);
  const n = sub(l, shifted, magic + lift);
  const high = multiplyAdd(l, n, -ln2High, x);
  return { shifted, n, high, r: multiplyAdd(l, n, -ln2Low, high) };
}

/** For x ≤ 71, 2ⁿ⁺²⁴ is a finite float32. For x < −104, eˣ is 0. */
const highest = 71;
const lift = 24;

/**
 * eˣ on four float32 lanes: x = n·ln 2 + r, eˣ = 2ⁿ·eʳ with a polynomial for eʳ.
 *
 * For x ≤ `highest`, n + 24 is added to the exponent and the result multiplied by 2⁻²⁴, which rounds subnormal results
 * correctly. Larger numbers and NaN are rare and take a slower branch.
 *
 * @see Muller, Elementary Functions: Algorithms and Implementation (2016), §11 (the method)
 */
export function exp(l: Formula, x: Local): Local {
  const power = (r: Local): Local => polynomial(l, r, [...coefficients, 1, 1]);
  // pmax and pmin return their first operand when it is NaN.
  const raised = compute(l, op.f32x4_pmax, x, -104);
  const { shifted, r } = reduced(l, raised, lift);
  const lifted = compute(l, op.i32x4_add, power(r), shift(l, op.i32x4_shl, shifted, 23));
  const result = mul(l, lifted, 2 ** -lift);
  replaceIrregular(l, result, compute(l, op.f32x4_le, x, highest), () => {
    const far = reduced(l, compute(l, op.f32x4_pmin, raised, 89));
    return scale(l, power(far.r), compute(l, op.i32x4_sub, far.shifted, magicBits));
  });
  return result;
}

/**
 * eˣ − 1 on four float32 lanes, accurate near 0: 2ⁿ·((eʳ − 1) + (1 − 2⁻ⁿ)), where the rounding error of r is added to
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

const smallestNormal = 2 ** -126;
const sqrtHalfBits = 0x3f3504f3;

/** The exponent e, as int32, for which x·2⁻ᵉ is between √½ and √2; x ≥ 0. */
function exponentOf(l: Formula, x: Local): Local {
  return shift(l, op.i32x4_shr_s, compute(l, op.i32x4_sub, x, sqrtHalfBits), 23);
}

/**
 * x ≥ 0 as (1 + m)·2ᵉ with 1 + m between √½ and √2: m exactly, e as float32. Subnormal numbers are multiplied by 2²³
 * first.
 */
function split(l: Formula, x: Local): { m: Local; e: Local } {
  const tiny = compute(l, op.f32x4_lt, x, smallestNormal);
  const lifted = select(l, tiny, mul(l, x, 2 ** 23), x);
  const exponent = exponentOf(l, lifted);
  return {
    m: sub(l, compute(l, op.i32x4_sub, lifted, shift(l, op.i32x4_shl, exponent, 23)), 1),
    e: sub(l, compute(l, op.f32x4_convert_i32x4_s, exponent), compute(l, op.v128_and, tiny, 23)),
  };
}

/** ln(1 + m) + e·ln 2 + rest, with ln(1 + m) = m − m²/2 + m³·P(m). The terms are added smallest first. */
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

/** The result corrected outside `pole` < x < ∞: −∞ at the pole, NaN below it, ∞ of ∞, NaN of NaN. */
function withPole(l: Formula, x: Local, pole: number, result: Local): Local {
  const inside = compute(l, op.v128_and, compute(l, op.f32x4_gt, x, pole), compute(l, op.f32x4_lt, x, Infinity));
  replaceIrregular(l, result, inside, () => {
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
 * ln(1 + x) on four float32 lanes, accurate near 0: 1 + x = (1 + m)·2ᵉ with m = x·2⁻ᵉ + (2⁻ᵉ − 1), where the rounding
 * error of the sum is added to the logarithm.
 *
 * @see Moshier, Cephes Mathematical Library (1992), logf (coefficients)
 */
export function log1p(l: Formula, x: Local): Local {
  const exponent = exponentOf(l, add(l, x, 1));
  const scaled = compute(l, op.i32x4_sub, x, shift(l, op.i32x4_shl, exponent, 23));
  const change = sub(l, inversePowerOf2(l, exponent), 1);
  // If e is not 0, `scaled` is the smaller term in magnitude, so the error of the sum is exact.
  const m = add(l, change, scaled);
  const lost = sub(l, scaled, sub(l, m, change));
  const e = compute(l, op.f32x4_convert_i32x4_s, exponent);
  return withPole(l, x, -1, withSign(l, logarithm(l, m, e, lost), x));
}

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

/**
 * aᵇ on four float32 lanes: 2^(b·log₂|a|). The logarithm and its product are in float64, because each of their bits before
 * the point costs one bit of the result.
 *
 * Special cases are those of C99 and NumPy: a⁰ = 1 and 1ᵇ = 1 even for NaN, (−1)^±∞ = 1, and a negative base has integer
 * powers only.
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
  // log₂ 1 = 0, and 0 · ∞ is NaN.
  const result = select(l, compute(l, op.f32x4_eq, size, 1), 1, scale(l, multiplyAdd(l, p, r, 1), whole));
  const regular = compute(l, op.v128_and, compute(l, op.f32x4_gt, a, 0), compute(l, op.f32x4_lt, a, Infinity));
  replaceIrregular(l, result, regular, () => special(l, a, size, exponent, result));
  return result;
}

/** The power where a is 0, infinite, NaN or negative, computed from the power of |a|. */
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

/** Powers that need no logarithm, by exponents that are known when the program is compiled. */
export const powers: ReadonlyMap<number, (l: Formula, a: Local) => Local> = /* @__PURE__ */ new Map([
  [-2, (l: Formula, a: Local) => square(l, compute(l, op.f32x4_div, 1, a))],
  [-1, (l: Formula, a: Local) => compute(l, op.f32x4_div, 1, a)],
  [-0.5, (l: Formula, a: Local) => compute(l, op.f32x4_div, 1, squareRoot(l, a))],
  [0.5, squareRoot],
  [1, (_: Formula, a: Local) => a],
  [2, square],
  [3, (l: Formula, a: Local) => mul(l, square(l, a), a)],
]);

function square(l: Formula, a: Local): Local {
  return mul(l, a, a);
}

/** a to the power ½: √a, but 0 at −0 and ∞ at −∞. */
function squareRoot(l: Formula, a: Local): Local {
  return select(l, compute(l, op.f32x4_eq, a, -Infinity), Infinity, compute(l, op.f32x4_sqrt, add(l, a, 0)));
}
