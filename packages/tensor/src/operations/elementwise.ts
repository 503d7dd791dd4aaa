import { type DType, promote } from '../dtype.ts';
import { float16 } from '../float16.ts';
import { erf as erfOf } from '../numbers/erf.ts';
import { expFloat32, logFloat32 } from '../numbers/float32.ts';
import type { ElementwiseOperation, Loop } from '../operation.ts';
import * as reference from '../reference/elementwise.ts';
import { broadcastShapes } from '../shape.ts';
import { arithmetic, byName, floating, strongest, truth } from './rules.ts';

type Entry<Settings = undefined> = Omit<ElementwiseOperation<Settings>, 'kind' | 'name' | 'arity' | 'shape' | 'forward'>;

/** An elementwise operation from its entry in the table. */
/* @__NO_SIDE_EFFECTS__ */
export function elementwiseOperation<Settings = undefined>(name: string, entry: Entry<Settings>): ElementwiseOperation<Settings> {
  return {
    kind: 'elementwise',
    name,
    // The parameters of the loop are n, y and o, then three for each operand.
    arity: (entry.loop.length / 3 - 1) as 1 | 2 | 3,
    shape: (shapes) => shapes.reduce((a, b) => broadcastShapes(a, b, name)),
    forward: reference.elementwise,
    ...entry,
  };
}

/** The derivative of a piecewise constant function is 0. */
const zeroDerivative: readonly undefined[] = [undefined];

function roundHalfEven(a: number): number {
  const up = Math.round(a);
  return up - a === 0.5 && up % 2 !== 0 ? up - 1 : up;
}

/**
 * aᵇ as in C99 and NumPy. JavaScript differs where the base is 1 or −1: here 1 to any power is 1, NaN and ±∞ included, and
 * −1 to the power ±∞ is 1.
 */
export function floatPower(base: number, exponent: number): number {
  if (base === 1 || (base === -1 && Math.abs(exponent) === Infinity)) return 1;
  return Math.pow(base, exponent);
}

/**
 * aᵇ for b ≥ 0: the method `pow` refuses other exponents. Here their bits count as those of a positive number, as in compiled
 * programs, so that results are the same.
 */
function integerPower(base: number, exponent: number): number {
  let power = 1;
  for (let rest = exponent >>> 0, square = base; rest > 0; rest >>>= 1, square = Math.imul(square, square)) {
    if (rest & 1) power = Math.imul(power, square);
  }
  return power;
}

/** The elementwise operations that are methods of the same name, without settings. */
export type ElementwiseName =
  | 'add'
  | 'sub'
  | 'mul'
  | 'div'
  | 'pow'
  | 'maximum'
  | 'minimum'
  | 'neg'
  | 'abs'
  | 'sign'
  | 'exp'
  | 'log'
  | 'log1p'
  | 'expm1'
  | 'sqrt'
  | 'sin'
  | 'cos'
  | 'tanh'
  | 'floor'
  | 'ceil'
  | 'round'
  | 'equal'
  | 'notEqual'
  | 'less'
  | 'lessEqual'
  | 'greater'
  | 'greaterEqual'
  | 'logicalAnd'
  | 'logicalOr'
  | 'logicalXor'
  | 'logicalNot';

// The most frequent operations have a separate loop for float32: a loop that has seen typed arrays of several types, such
// as the float64 counters of optimizers, runs at a third of the speed.
export const elementwise: { readonly [Name in ElementwiseName]: ElementwiseOperation } = /* @__PURE__ */ byName<ElementwiseName, Entry, ElementwiseOperation>({
  /** @formula a + b */
  add: {
    dtype: arithmetic,
    loop(n, y, o, a, i, da, b, j, db) { for (; n-- > 0; i += da, j += db) y[o++] = a[i]! + b[j]!; },
    loopFor: { float32(n, y, o, a, i, da, b, j, db) { for (; n-- > 0; i += da, j += db) y[o++] = a[i]! + b[j]!; } },
    derivative: [(g) => g, (g) => g],
  },

  /** @formula a − b */
  sub: {
    dtype: arithmetic,
    loop(n, y, o, a, i, da, b, j, db) { for (; n-- > 0; i += da, j += db) y[o++] = a[i]! - b[j]!; },
    loopFor: { float32(n, y, o, a, i, da, b, j, db) { for (; n-- > 0; i += da, j += db) y[o++] = a[i]! - b[j]!; } },
    derivative: [(g) => g, (g) => g.neg()],
  },

  /** @formula a · b */
  mul: {
    dtype: arithmetic,
    loop(n, y, o, a, i, da, b, j, db) { for (; n-- > 0; i += da, j += db) y[o++] = a[i]! * b[j]!; },
    // int32 wraps at 32 bits. A product in float64 would lose its low digits first.
    loopFor: {
      float32(n, y, o, a, i, da, b, j, db) { for (; n-- > 0; i += da, j += db) y[o++] = a[i]! * b[j]!; },
      int32(n, y, o, a, i, da, b, j, db) { for (; n-- > 0; i += da, j += db) y[o++] = Math.imul(a[i]!, b[j]!); },
    },
    derivative: [(g, [, b]) => g.mul(b), (g, [a]) => g.mul(a)],
  },

  /** @formula a / b */
  div: {
    dtype: floating,
    loop(n, y, o, a, i, da, b, j, db) { for (; n-- > 0; i += da, j += db) y[o++] = a[i]! / b[j]!; },
    derivative: [(g, [, b]) => g.div(b), (g, [, b], output) => g.mul(output).div(b).neg()],
  },

  /** @formula aᵇ */
  pow: {
    dtype: arithmetic,
    loop(n, y, o, a, i, da, b, j, db) { for (; n-- > 0; i += da, j += db) y[o++] = floatPower(a[i]!, b[j]!); },
    loopFor: { int32(n, y, o, a, i, da, b, j, db) { for (; n-- > 0; i += da, j += db) y[o++] = integerPower(a[i]!, b[j]!); } },
    derivative: [
      // b·aᵇ⁻¹, and 0 at 0⁰ though 0⁻¹ is infinite. The exponent is replaced, not the result: so the second derivative is 0 too
      (g, [a, b]) => g.mul(b).mul(a.pow(a.equal(0).logicalAnd(b.equal(0)).where(0, b.sub(1)))),
      // aᵇ·ln a, and 0 where a = 0 and b ≥ 0
      (g, [a, b], output) => g.mul(output).mul(a.equal(0).logicalAnd(b.greaterEqual(0)).where(1, a).log()),
    ],
  },

  /**
   * The larger of a and b; NaN when either is NaN. At a tie the gradient goes to b, so that the gradient of max(a, 0) at 0 is 0.
   *
   * @formula max(a, b)
   */
  maximum: {
    dtype: strongest,
    loop(n, y, o, a, i, da, b, j, db) { for (; n-- > 0; i += da, j += db) y[o++] = Math.max(a[i]!, b[j]!); },
    derivative: [(g, [a, b]) => a.lessEqual(b).where(0, g), (g, [a, b]) => a.lessEqual(b).where(g, 0)],
  },

  /**
   * The smaller of a and b; NaN when either is NaN. At a tie the gradient goes to b.
   *
   * @formula min(a, b)
   */
  minimum: {
    dtype: strongest,
    loop(n, y, o, a, i, da, b, j, db) { for (; n-- > 0; i += da, j += db) y[o++] = Math.min(a[i]!, b[j]!); },
    derivative: [(g, [a, b]) => a.greaterEqual(b).where(0, g), (g, [a, b]) => a.greaterEqual(b).where(g, 0)],
  },

  /** @formula −a */
  neg: {
    dtype: arithmetic,
    loop(n, y, o, a, i, da) { for (; n-- > 0; i += da) y[o++] = -a[i]!; },
    derivative: [(g) => g.neg()],
  },

  /** @formula |a| */
  abs: {
    dtype: arithmetic,
    loop(n, y, o, a, i, da) { for (; n-- > 0; i += da) y[o++] = Math.abs(a[i]!); },
    derivative: [(g, [a]) => g.mul(a.sign())],
  },

  /** @formula −1, 0 or 1 */
  sign: {
    dtype: arithmetic,
    loop(n, y, o, a, i, da) { for (; n-- > 0; i += da) y[o++] = Math.sign(a[i]!); },
    derivative: zeroDerivative,
  },

  /** @formula eᵃ */
  exp: {
    dtype: floating,
    loop(n, y, o, a, i, da) { for (; n-- > 0; i += da) y[o++] = Math.exp(a[i]!); },
    loopFor: { float32(n, y, o, a, i, da) { for (; n-- > 0; i += da) y[o++] = expFloat32(a[i]!); } },
    derivative: [(g, _, output) => g.mul(output)],
  },

  /** @formula ln a */
  log: {
    dtype: floating,
    loop(n, y, o, a, i, da) { for (; n-- > 0; i += da) y[o++] = Math.log(a[i]!); },
    loopFor: { float32(n, y, o, a, i, da) { for (; n-- > 0; i += da) y[o++] = logFloat32(a[i]!); } },
    derivative: [(g, [a]) => g.div(a)],
  },

  /**
   * ln(1 + a), accurate for small a.
   *
   * @formula ln(1 + a)
   */
  log1p: {
    dtype: floating,
    loop(n, y, o, a, i, da) { for (; n-- > 0; i += da) y[o++] = Math.log1p(a[i]!); },
    derivative: [(g, [a]) => g.div(a.add(1))],
  },

  /**
   * eᵃ − 1, accurate for small a.
   *
   * @formula eᵃ − 1
   */
  expm1: {
    dtype: floating,
    loop(n, y, o, a, i, da) { for (; n-- > 0; i += da) y[o++] = Math.expm1(a[i]!); },
    derivative: [(g, _, output) => g.mul(output.add(1))],
  },

  /** @formula √a */
  sqrt: {
    dtype: floating,
    loop(n, y, o, a, i, da) { for (; n-- > 0; i += da) y[o++] = Math.sqrt(a[i]!); },
    derivative: [(g, _, output) => g.div(output.mul(2))],
  },

  /** @formula sin a */
  sin: {
    dtype: floating,
    loop(n, y, o, a, i, da) { for (; n-- > 0; i += da) y[o++] = Math.sin(a[i]!); },
    derivative: [(g, [a]) => g.mul(a.cos())],
  },

  /** @formula cos a */
  cos: {
    dtype: floating,
    loop(n, y, o, a, i, da) { for (; n-- > 0; i += da) y[o++] = Math.cos(a[i]!); },
    derivative: [(g, [a]) => g.mul(a.sin()).neg()],
  },

  /** @formula tanh a */
  tanh: {
    dtype: floating,
    loop(n, y, o, a, i, da) { for (; n-- > 0; i += da) y[o++] = Math.tanh(a[i]!); },
    derivative: [(g, _, output) => g.mul(output.mul(output).neg().add(1))],
  },

  /** @formula ⌊a⌋ */
  floor: {
    dtype: arithmetic,
    loop(n, y, o, a, i, da) { for (; n-- > 0; i += da) y[o++] = Math.floor(a[i]!); },
    derivative: zeroDerivative,
  },

  /** @formula ⌈a⌉ */
  ceil: {
    dtype: arithmetic,
    loop(n, y, o, a, i, da) { for (; n-- > 0; i += da) y[o++] = Math.ceil(a[i]!); },
    derivative: zeroDerivative,
  },

  /** @formula a rounded to the nearest integer, halves to the even one */
  round: {
    dtype: arithmetic,
    loop(n, y, o, a, i, da) { for (; n-- > 0; i += da) y[o++] = roundHalfEven(a[i]!); },
    derivative: zeroDerivative,
  },

  /** @formula a = b */
  equal: {
    dtype: truth,
    loop(n, y, o, a, i, da, b, j, db) { for (; n-- > 0; i += da, j += db) y[o++] = a[i]! === b[j]! ? 1 : 0; },
  },

  /** @formula a ≠ b */
  notEqual: {
    dtype: truth,
    loop(n, y, o, a, i, da, b, j, db) { for (; n-- > 0; i += da, j += db) y[o++] = a[i]! !== b[j]! ? 1 : 0; },
  },

  /** @formula a < b */
  less: {
    dtype: truth,
    loop(n, y, o, a, i, da, b, j, db) { for (; n-- > 0; i += da, j += db) y[o++] = a[i]! < b[j]! ? 1 : 0; },
  },

  /** @formula a ≤ b */
  lessEqual: {
    dtype: truth,
    loop(n, y, o, a, i, da, b, j, db) { for (; n-- > 0; i += da, j += db) y[o++] = a[i]! <= b[j]! ? 1 : 0; },
  },

  /** @formula a > b */
  greater: {
    dtype: truth,
    loop(n, y, o, a, i, da, b, j, db) { for (; n-- > 0; i += da, j += db) y[o++] = a[i]! > b[j]! ? 1 : 0; },
  },

  /** @formula a ≥ b */
  greaterEqual: {
    dtype: truth,
    loop(n, y, o, a, i, da, b, j, db) { for (; n-- > 0; i += da, j += db) y[o++] = a[i]! >= b[j]! ? 1 : 0; },
  },

  /** @formula a ∧ b */
  logicalAnd: {
    dtype: truth,
    loop(n, y, o, a, i, da, b, j, db) { for (; n-- > 0; i += da, j += db) y[o++] = a[i] !== 0 && b[j] !== 0 ? 1 : 0; },
  },

  /** @formula a ∨ b */
  logicalOr: {
    dtype: truth,
    loop(n, y, o, a, i, da, b, j, db) { for (; n-- > 0; i += da, j += db) y[o++] = a[i] !== 0 || b[j] !== 0 ? 1 : 0; },
  },

  /** @formula a ⊻ b */
  logicalXor: {
    dtype: truth,
    loop(n, y, o, a, i, da, b, j, db) { for (; n-- > 0; i += da, j += db) y[o++] = (a[i] === 0) === (b[j] === 0) ? 0 : 1; },
  },

  /** @formula ¬a */
  logicalNot: {
    dtype: truth,
    loop(n, y, o, a, i, da) { for (; n-- > 0; i += da) y[o++] = a[i] === 0 ? 1 : 0; },
  },
}, elementwiseOperation);

/**
 * b where a is true, c elsewhere. A value that is not chosen does not affect the result, even when it is NaN.
 *
 * @formula a ? b : c
 */
export const where: ElementwiseOperation = /* @__PURE__ */ elementwiseOperation('where', {
  dtype: ([, b, c]) => promote(b!, c!),
  loop(n, y, o, a, i, da, b, j, db, c, k, dc) { for (; n-- > 0; i += da, j += db, k += dc) y[o++] = a[i] !== 0 ? b[j]! : c[k]!; },
  derivative: [undefined, (g, [a]) => a.where(g, 0), (g, [a]) => a.where(0, g)],
});

/** The lowest bits of the number as int32. The array keeps no others. */
const castToSmall: Loop = (n, y, o, a, i, da) => {
  for (; n-- > 0; i += da) y[o++] = Math.min(Math.max(a[i]!, -2147483648), 2147483647);
};

/**
 * The same numbers in another dtype. Conversion to int32 truncates the fraction and saturates at the limits of int32;
 * conversion to bool compares with 0.
 *
 * @formula a as dtype
 */
export const cast: ElementwiseOperation<{ readonly dtype: DType }> = /* @__PURE__ */ elementwiseOperation('cast', {
  dtype: (_, settings) => settings.dtype,
  loop(n, y, o, a, i, da) { for (; n-- > 0; i += da) y[o++] = a[i]!; },
  loopFor: {
    int32(n, y, o, a, i, da) { for (; n-- > 0; i += da) y[o++] = Math.min(Math.max(a[i]!, -2147483648), 2147483647); },
    bool(n, y, o, a, i, da) { for (; n-- > 0; i += da) y[o++] = a[i] === 0 ? 0 : 1; },
    int8: castToSmall,
    uint8: castToSmall,
    int16: castToSmall,
    float16(n, y, o, a, i, da) { for (; n-- > 0; i += da) y[o++] = float16(a[i]!); },
  },
  derivative: [(g, [a]) => g.cast(a.dtype)],
});

/**
 * a limited to the interval from b to c, and c where b > c. At both bounds the gradient goes to a.
 *
 * @formula min(max(a, b), c)
 */
export const clip: ElementwiseOperation = /* @__PURE__ */ elementwiseOperation('clip', {
  dtype: strongest,
  loop(n, y, o, a, i, da, b, j, db, c, k, dc) {
    for (; n-- > 0; i += da, j += db, k += dc) y[o++] = Math.min(Math.max(a[i]!, b[j]!), c[k]!);
  },
  derivative: [
    (g, [a, low, high]) => a.greaterEqual(low).logicalAnd(a.lessEqual(high)).where(g, 0),
    (g, [a, low, high]) => a.less(low).logicalAnd(low.lessEqual(high)).where(g, 0),
    (g, [a, low, high]) => a.greater(high).logicalOr(low.greater(high)).where(g, 0),
  ],
});

/** @formula 2/√π · ∫₀ᵃ e^(−t²) dt */
export const erf: ElementwiseOperation = /* @__PURE__ */ elementwiseOperation('erf', {
  dtype: floating,
  loop(n, y, o, a, i, da) {
    for (; n-- > 0; i += da) y[o++] = erfOf(a[i]!);
  },
  derivative: [(g, [a]) => g.mul(a.mul(a).neg().exp()).mul(2 / Math.sqrt(Math.PI))],
});
