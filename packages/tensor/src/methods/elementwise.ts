import { checkDType, type DType } from '../dtype.ts';
import {
  abs,
  add,
  cast,
  ceil,
  clip,
  cos,
  div,
  equal,
  erf,
  exp,
  expm1,
  floor,
  greater,
  greaterEqual,
  less,
  lessEqual,
  log,
  log1p,
  logicalAnd,
  logicalNot,
  logicalOr,
  logicalXor,
  maximum,
  minimum,
  mul,
  neg,
  notEqual,
  pow,
  round,
  sign,
  sin,
  sqrt,
  sub,
  tanh,
  where,
} from '../operations/elementwise.ts';
import type { Shape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { type Operand, Reading } from './reading.ts';

const clampToInt32 = (bound: number): number => Math.min(Math.max(bound, -(2 ** 31)), 2 ** 31 - 1);

/** Laws on single numbers, element by element; operands of other shapes are broadcast as in NumPy. */
export abstract class ElementwiseMethods<S extends Shape> extends Reading<S> {
  /**
   * a + b, element by element.
   *
   * @example String(tensor([1, 2]).add(tensor([10, 20])))   // [11. 22.]
   */
  add(other: Operand): Tensor {
    return this.apply(add, [this, other], undefined);
  }

  /**
   * a − b.
   *
   * @example String(tensor([1, 2]).sub(1))   // [0. 1.]
   */
  sub(other: Operand): Tensor {
    return this.apply(sub, [this, other], undefined);
  }

  /**
   * a · b, element by element; for the product of matrices see `matmul`.
   *
   * @example String(tensor([1, 2]).mul(tensor([3, 4])))   // [3. 8.]
   */
  mul(other: Operand): Tensor {
    return this.apply(mul, [this, other], undefined);
  }

  /**
   * a / b; whole numbers give fractions.
   *
   * @example String(tensor([1, 2]).div(4))   // [0.25 0.5 ]
   */
  div(other: Operand): Tensor {
    return this.apply(div, [this, other], undefined);
  }

  /**
   * a to the power b.
   *
   * @example String(tensor([2, 3]).pow(2))   // [4. 9.]
   */
  pow(other: Operand): Tensor {
    return this.apply(pow, [this, other], undefined);
  }

  /**
   * The larger of a and b, element by element; NaN where either is NaN.
   *
   * @example String(tensor([-1, 2]).maximum(0))   // [0. 2.]
   */
  maximum(other: Operand): Tensor {
    return this.apply(maximum, [this, other], undefined);
  }

  /**
   * The smaller of a and b, element by element; NaN where either is NaN.
   *
   * @example String(tensor([-1, 2]).minimum(0))   // [-1.  0.]
   */
  minimum(other: Operand): Tensor {
    return this.apply(minimum, [this, other], undefined);
  }

  /**
   * a held between `low` and `high`. An end that is not given holds nothing.
   *
   * @example String(tensor([-2, 0.5, 2]).clip(-1, 1))   // [-1.   0.5  1. ]
   */
  clip(low: Operand = -Infinity, high: Operand = Infinity): Tensor {
    const { dtype } = this;
    // A missing end is infinite, which whole numbers cannot hold: theirs is the last whole number.
    const end = (bound: Operand) => (dtype === 'int32' && typeof bound === 'number' ? clampToInt32(bound) : bound);
    return this.apply(clip, [this, end(low), end(high)], undefined);
  }

  /**
   * −a.
   *
   * @example String(tensor([1, -2]).neg())   // [-1.  2.]
   */
  neg(): Tensor {
    return this.apply(neg, [this], undefined);
  }

  /**
   * |a|.
   *
   * @example String(tensor([1, -2]).abs())   // [1. 2.]
   */
  abs(): Tensor {
    return this.apply(abs, [this], undefined);
  }

  /**
   * −1, 0 or 1, by the sign of a.
   *
   * @example String(tensor([5, 0, -2]).sign())   // [ 1.  0. -1.]
   */
  sign(): Tensor {
    return this.apply(sign, [this], undefined);
  }

  /**
   * eᵃ; in float32 by NumPy’s own algorithm, to the last bit.
   *
   * @example String(tensor([0, 1]).exp())   // [1.        2.7182817]
   */
  exp(): Tensor {
    return this.apply(exp, [this], undefined);
  }

  /**
   * ln a, the natural logarithm; in float32 by NumPy’s own algorithm, to the last bit.
   *
   * @example String(tensor([1, 10]).log())   // [0.        2.3025851]
   */
  log(): Tensor {
    return this.apply(log, [this], undefined);
  }

  /**
   * ln(1 + a), exact for small a.
   *
   * @example String(tensor([1e-10]).log1p())   // [1.e-10]
   */
  log1p(): Tensor {
    return this.apply(log1p, [this], undefined);
  }

  /**
   * eᵃ − 1, exact for small a.
   *
   * @example String(tensor([1e-10]).expm1())   // [1.e-10]
   */
  expm1(): Tensor {
    return this.apply(expm1, [this], undefined);
  }

  /**
   * √a.
   *
   * @example String(tensor([4, 9]).sqrt())   // [2. 3.]
   */
  sqrt(): Tensor {
    return this.apply(sqrt, [this], undefined);
  }

  /**
   * sin a, a in radians.
   *
   * @example String(tensor([0]).sin())   // [0.]
   */
  sin(): Tensor {
    return this.apply(sin, [this], undefined);
  }

  /**
   * cos a, a in radians.
   *
   * @example String(tensor([0]).cos())   // [1.]
   */
  cos(): Tensor {
    return this.apply(cos, [this], undefined);
  }

  /**
   * tanh a = (eᵃ − e⁻ᵃ) / (eᵃ + e⁻ᵃ).
   *
   * @example String(tensor([0, 1]).tanh())   // [0.        0.7615942]
   */
  tanh(): Tensor {
    return this.apply(tanh, [this], undefined);
  }

  /**
   * The error function, 2/√π · ∫₀ᵃ e^(−t²) dt.
   *
   * @example String(tensor([0, 1]).erf())   // [0.        0.8427008]
   */
  erf(): Tensor {
    return this.apply(erf, [this], undefined);
  }

  /**
   * ⌊a⌋, the whole number below.
   *
   * @example String(tensor([1.5, -1.5]).floor())   // [ 1. -2.]
   */
  floor(): Tensor {
    return this.apply(floor, [this], undefined);
  }

  /**
   * ⌈a⌉, the whole number above.
   *
   * @example String(tensor([1.5, -1.5]).ceil())   // [ 2. -1.]
   */
  ceil(): Tensor {
    return this.apply(ceil, [this], undefined);
  }

  /**
   * The nearest whole number; halves go to the even one, as in NumPy.
   *
   * @example String(tensor([0.5, 1.5, 2.5]).round())   // [0. 2. 2.]
   */
  round(): Tensor {
    return this.apply(round, [this], undefined);
  }

  /**
   * a = b, as booleans.
   *
   * @example String(tensor([1, 2, 3]).equal(2))   // [False  True False]
   */
  equal(other: Operand): Tensor {
    return this.apply(equal, [this, other], undefined);
  }

  /**
   * a ≠ b, as booleans.
   *
   * @example String(tensor([1, 2, 3]).notEqual(2))   // [ True False  True]
   */
  notEqual(other: Operand): Tensor {
    return this.apply(notEqual, [this, other], undefined);
  }

  /**
   * a < b, as booleans.
   *
   * @example String(tensor([1, 2, 3]).less(2))   // [ True False False]
   */
  less(other: Operand): Tensor {
    return this.apply(less, [this, other], undefined);
  }

  /**
   * a ≤ b, as booleans.
   *
   * @example String(tensor([1, 2, 3]).lessEqual(2))   // [ True  True False]
   */
  lessEqual(other: Operand): Tensor {
    return this.apply(lessEqual, [this, other], undefined);
  }

  /**
   * a > b, as booleans.
   *
   * @example String(tensor([1, 2, 3]).greater(2))   // [False False  True]
   */
  greater(other: Operand): Tensor {
    return this.apply(greater, [this, other], undefined);
  }

  /**
   * a ≥ b, as booleans.
   *
   * @example String(tensor([1, 2, 3]).greaterEqual(2))   // [False  True  True]
   */
  greaterEqual(other: Operand): Tensor {
    return this.apply(greaterEqual, [this, other], undefined);
  }

  /**
   * a and b, as booleans; all numbers but 0 count as true.
   *
   * @example String(tensor([true, true]).logicalAnd(tensor([true, false])))   // [ True False]
   */
  logicalAnd(other: Operand): Tensor {
    return this.apply(logicalAnd, [this, other], undefined);
  }

  /**
   * a or b, as booleans.
   *
   * @example String(tensor([true, false]).logicalOr(false))   // [ True False]
   */
  logicalOr(other: Operand): Tensor {
    return this.apply(logicalOr, [this, other], undefined);
  }

  /**
   * Either a or b, as booleans.
   *
   * @example String(tensor([true, false]).logicalXor(true))   // [False  True]
   */
  logicalXor(other: Operand): Tensor {
    return this.apply(logicalXor, [this, other], undefined);
  }

  /**
   * Not a, as booleans.
   *
   * @example String(tensor([true, false]).logicalNot())   // [False  True]
   */
  logicalNot(): Tensor {
    return this.apply(logicalNot, [this], undefined);
  }

  /**
   * a where this condition holds, b elsewhere; all three are broadcast. What is not chosen leaves no trace, NaN included.
   *
   * @example String(tensor([true, false]).where(tensor([1, 2]), 0))   // [1. 0.]
   */
  where(a: Operand, b: Operand): Tensor {
    const condition = this.dtype === 'bool' ? this : this.cast('bool');
    const chosen = this.apply(where, [condition, a, b], undefined);
    // Two plain numbers make what tensor() makes of them.
    return typeof a !== 'object' && typeof b !== 'object' ? chosen.cast('float32') : chosen;
  }

  /**
   * The same numbers in another dtype: to int32 by cutting off the fraction, to bool by asking whether they differ from 0.
   *
   * @example String(tensor([1.7, -1.7]).cast('int32'))   // [ 1 -1]
   */
  cast(dtype: DType): Tensor<S> {
    return this.apply(cast, [this], { dtype: checkDType(dtype, 'cast') }) as Tensor<S>;
  }
}
