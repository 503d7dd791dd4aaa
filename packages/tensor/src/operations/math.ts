import { type DType, isInteger } from '../dtype.ts';
import { DTypeError } from '../errors.ts';
import { float16 } from '../float16.ts';
import { erfc as erfcOf } from '../numbers/erf.ts';
import { digamma as digammaOf, logGamma, polygamma as polygammaOf } from '../numbers/gamma.ts';
import type { ElementwiseOperation } from '../operation.ts';
import { elementwiseOperation } from './elementwise.ts';
import { arithmetic, floating, strongest } from './rules.ts';

// Elementwise operations that are functions, not methods: programs ship those that they use.

/** The dtype of integers; bits of other numbers have no meaning. */
const bits = (dtypes: readonly DType[]): DType => {
  const dtype = strongest(dtypes);
  if (isInteger(dtype)) return 'int32';
  throw new DTypeError(`Bitwise operations take int32, got ${dtypes.join(' and ')}. Add .cast('int32').`);
};

/** The remainder with the sign of b. */
function floorModulo(a: number, b: number): number {
  const rest = a % b;
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest;
}

/** @formula a, rounded to float16 */
export const roundFloat16: ElementwiseOperation = /* @__PURE__ */ elementwiseOperation('roundFloat16', {
  dtype: () => 'float32',
  loop(n, y, o, a, i, da) {
    for (; n-- > 0; i += da) y[o++] = float16(a[i]!);
  },
});

/** @formula tan a */
export const tan: ElementwiseOperation = /* @__PURE__ */ elementwiseOperation('tan', {
  dtype: floating,
  loop(n, y, o, a, i, da) {
    for (; n-- > 0; i += da) y[o++] = Math.tan(a[i]!);
  },
  derivative: [(g, _, output) => g.mul(output.mul(output).add(1))],
});

/** @formula sin⁻¹ a */
export const asin: ElementwiseOperation = /* @__PURE__ */ elementwiseOperation('asin', {
  dtype: floating,
  loop(n, y, o, a, i, da) {
    for (; n-- > 0; i += da) y[o++] = Math.asin(a[i]!);
  },
  derivative: [(g, [a]) => g.div(a.mul(a).neg().add(1).sqrt())],
});

/** @formula cos⁻¹ a */
export const acos: ElementwiseOperation = /* @__PURE__ */ elementwiseOperation('acos', {
  dtype: floating,
  loop(n, y, o, a, i, da) {
    for (; n-- > 0; i += da) y[o++] = Math.acos(a[i]!);
  },
  derivative: [(g, [a]) => g.div(a.mul(a).neg().add(1).sqrt()).neg()],
});

/** @formula tan⁻¹ a */
export const atan: ElementwiseOperation = /* @__PURE__ */ elementwiseOperation('atan', {
  dtype: floating,
  loop(n, y, o, a, i, da) {
    for (; n-- > 0; i += da) y[o++] = Math.atan(a[i]!);
  },
  derivative: [(g, [a]) => g.div(a.mul(a).add(1))],
});

/** @formula (eᵃ − e⁻ᵃ)/2 */
export const sinh: ElementwiseOperation = /* @__PURE__ */ elementwiseOperation('sinh', {
  dtype: floating,
  loop(n, y, o, a, i, da) {
    for (; n-- > 0; i += da) y[o++] = Math.sinh(a[i]!);
  },
  derivative: [(g, [a]) => g.mul(a.apply(cosh, [a], undefined))],
});

/** @formula (eᵃ + e⁻ᵃ)/2 */
export const cosh: ElementwiseOperation = /* @__PURE__ */ elementwiseOperation('cosh', {
  dtype: floating,
  loop(n, y, o, a, i, da) {
    for (; n-- > 0; i += da) y[o++] = Math.cosh(a[i]!);
  },
  derivative: [(g, [a]) => g.mul(a.apply(sinh, [a], undefined))],
});

/** @formula sinh⁻¹ a */
export const asinh: ElementwiseOperation = /* @__PURE__ */ elementwiseOperation('asinh', {
  dtype: floating,
  loop(n, y, o, a, i, da) {
    for (; n-- > 0; i += da) y[o++] = Math.asinh(a[i]!);
  },
  derivative: [(g, [a]) => g.div(a.mul(a).add(1).sqrt())],
});

/** @formula cosh⁻¹ a */
export const acosh: ElementwiseOperation = /* @__PURE__ */ elementwiseOperation('acosh', {
  dtype: floating,
  loop(n, y, o, a, i, da) {
    for (; n-- > 0; i += da) y[o++] = Math.acosh(a[i]!);
  },
  derivative: [(g, [a]) => g.div(a.sub(1).sqrt().mul(a.add(1).sqrt()))],
});

/** @formula tanh⁻¹ a */
export const atanh: ElementwiseOperation = /* @__PURE__ */ elementwiseOperation('atanh', {
  dtype: floating,
  loop(n, y, o, a, i, da) {
    for (; n-- > 0; i += da) y[o++] = Math.atanh(a[i]!);
  },
  derivative: [(g, [a]) => g.div(a.mul(a).neg().add(1))],
});

/** @formula log₂ a */
export const log2: ElementwiseOperation = /* @__PURE__ */ elementwiseOperation('log2', {
  dtype: floating,
  loop(n, y, o, a, i, da) {
    for (; n-- > 0; i += da) y[o++] = Math.log2(a[i]!);
  },
  derivative: [(g, [a]) => g.div(a.mul(Math.LN2))],
});

/** @formula log₁₀ a */
export const log10: ElementwiseOperation = /* @__PURE__ */ elementwiseOperation('log10', {
  dtype: floating,
  loop(n, y, o, a, i, da) {
    for (; n-- > 0; i += da) y[o++] = Math.log10(a[i]!);
  },
  derivative: [(g, [a]) => g.div(a.mul(Math.LN10))],
});

/** @formula 2ᵃ */
export const exp2: ElementwiseOperation = /* @__PURE__ */ elementwiseOperation('exp2', {
  dtype: floating,
  loop(n, y, o, a, i, da) {
    for (; n-- > 0; i += da) y[o++] = Math.pow(2, a[i]!);
  },
  derivative: [(g, _, output) => g.mul(output).mul(Math.LN2)],
});

/** @formula 1 − erf a */
export const erfc: ElementwiseOperation = /* @__PURE__ */ elementwiseOperation('erfc', {
  dtype: floating,
  loop(n, y, o, a, i, da) {
    for (; n-- > 0; i += da) y[o++] = erfcOf(a[i]!);
  },
  derivative: [(g, [a]) => g.mul(a.mul(a).neg().exp()).mul(-2 / Math.sqrt(Math.PI))],
});

/** @formula ln |Γ(a)| */
export const lgamma: ElementwiseOperation = /* @__PURE__ */ elementwiseOperation('lgamma', {
  dtype: floating,
  loop(n, y, o, a, i, da) {
    for (; n-- > 0; i += da) y[o++] = logGamma(a[i]!);
  },
  derivative: [(g, [a]) => g.mul(a.apply(digamma, [a], undefined))],
});

/** @formula Γ′(a)/Γ(a) */
export const digamma: ElementwiseOperation = /* @__PURE__ */ elementwiseOperation('digamma', {
  dtype: floating,
  loop(n, y, o, a, i, da) {
    for (; n-- > 0; i += da) y[o++] = digammaOf(a[i]!);
  },
  derivative: [(g, [a]) => g.mul(a.apply(polygamma(1), [a], undefined))],
});

/** @formula a without its fraction */
export const trunc: ElementwiseOperation = /* @__PURE__ */ elementwiseOperation('trunc', {
  dtype: arithmetic,
  loop(n, y, o, a, i, da) {
    for (; n-- > 0; i += da) y[o++] = Math.trunc(a[i]!);
  },
  derivative: [undefined],
});

/** @formula the angle of the point (b, a) */
export const atan2: ElementwiseOperation = /* @__PURE__ */ elementwiseOperation('atan2', {
  dtype: floating,
  loop(n, y, o, a, i, da, b, j, db) {
    for (; n-- > 0; i += da, j += db) y[o++] = Math.atan2(a[i]!, b[j]!);
  },
  derivative: [
    (g, [a, b]) => g.mul(b).div(a.mul(a).add(b.mul(b))),
    (g, [a, b]) =>
      g
        .mul(a)
        .div(a.mul(a).add(b.mul(b)))
        .neg(),
  ],
});

/** @formula a − b · trunc(a / b) */
export const fmod: ElementwiseOperation = /* @__PURE__ */ elementwiseOperation('fmod', {
  dtype: arithmetic,
  loop(n, y, o, a, i, da, b, j, db) {
    for (; n-- > 0; i += da, j += db) y[o++] = a[i]! % b[j]!;
  },
  derivative: [(g) => g, (g, [a, b]) => g.mul(a.apply(truncateDivide, [a, b], undefined)).neg()],
});

/** @formula a − b · ⌊a / b⌋ */
export const remainder: ElementwiseOperation = /* @__PURE__ */ elementwiseOperation('remainder', {
  dtype: arithmetic,
  loop(n, y, o, a, i, da, b, j, db) {
    for (; n-- > 0; i += da, j += db) y[o++] = floorModulo(a[i]!, b[j]!);
  },
  derivative: [(g) => g, (g, [a, b]) => g.mul(a.apply(floorDivide, [a, b], undefined)).neg()],
});

/** @formula ⌊a / b⌋ */
export const floorDivide: ElementwiseOperation = /* @__PURE__ */ elementwiseOperation('floorDivide', {
  dtype: arithmetic,
  loop(n, y, o, a, i, da, b, j, db) {
    for (; n-- > 0; i += da, j += db) y[o++] = Math.floor(a[i]! / b[j]!);
  },
  derivative: [undefined, undefined],
});

/** @formula trunc(a / b) */
export const truncateDivide: ElementwiseOperation = /* @__PURE__ */ elementwiseOperation('truncateDivide', {
  dtype: arithmetic,
  loop(n, y, o, a, i, da, b, j, db) {
    for (; n-- > 0; i += da, j += db) y[o++] = Math.trunc(a[i]! / b[j]!);
  },
  derivative: [undefined, undefined],
});

/** @formula a ∧ b, bit by bit */
export const bitwiseAnd: ElementwiseOperation = /* @__PURE__ */ elementwiseOperation('bitwiseAnd', {
  dtype: bits,
  loop(n, y, o, a, i, da, b, j, db) {
    for (; n-- > 0; i += da, j += db) y[o++] = a[i]! & b[j]!;
  },
});

/** @formula a ∨ b, bit by bit */
export const bitwiseOr: ElementwiseOperation = /* @__PURE__ */ elementwiseOperation('bitwiseOr', {
  dtype: bits,
  loop(n, y, o, a, i, da, b, j, db) {
    for (; n-- > 0; i += da, j += db) y[o++] = a[i]! | b[j]!;
  },
});

/** @formula a ⊻ b, bit by bit */
export const bitwiseXor: ElementwiseOperation = /* @__PURE__ */ elementwiseOperation('bitwiseXor', {
  dtype: bits,
  loop(n, y, o, a, i, da, b, j, db) {
    for (; n-- > 0; i += da, j += db) y[o++] = a[i]! ^ b[j]!;
  },
});

/** @formula a · 2ᵇ, to 32 bits */
export const leftShift: ElementwiseOperation = /* @__PURE__ */ elementwiseOperation('leftShift', {
  dtype: bits,
  loop(n, y, o, a, i, da, b, j, db) {
    for (; n-- > 0; i += da, j += db) y[o++] = b[j]! > 31 ? 0 : a[i]! << b[j]!;
  },
});

/** @formula ⌊a / 2ᵇ⌋ */
export const rightShift: ElementwiseOperation = /* @__PURE__ */ elementwiseOperation('rightShift', {
  dtype: bits,
  loop(n, y, o, a, i, da, b, j, db) {
    for (; n-- > 0; i += da, j += db) y[o++] = a[i]! >> Math.min(b[j]!, 31);
  },
});

/** @formula ¬a, bit by bit */
export const bitwiseNot: ElementwiseOperation = /* @__PURE__ */ elementwiseOperation('bitwiseNot', {
  dtype: bits,
  loop(n, y, o, a, i, da) {
    for (; n-- > 0; i += da) y[o++] = ~a[i]!;
  },
});

const polygammas: ElementwiseOperation[] = [];

/**
 * The derivative of order n of the digamma function; each order is the derivative of the one before.
 *
 * @formula dⁿ/daⁿ digamma a
 */
export function polygamma(n: number): ElementwiseOperation {
  return (polygammas[n] ??= elementwiseOperation(`polygamma${n}`, {
    dtype: floating,
    loop(count, y, o, a, i, da) {
      for (; count-- > 0; i += da) y[o++] = polygammaOf(n, a[i]!);
    },
    derivative: [(g, [a]) => g.mul(a.apply(polygamma(n + 1), [a], undefined))],
  }));
}
