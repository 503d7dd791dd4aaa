import { checkDType, type DType } from '../dtype.ts';
import { cast, clip, elementwise, where } from '../operations/elementwise.ts';
import type { Shape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import type { Broadcast, Broadcasting, Fits } from '../types/broadcast.ts';
import { type Operand, Reading, withMethods } from './reading.ts';

/** An operand that broadcasts with a tensor of shape A. */
export type Beside<A extends Shape, B extends Shape> = Fits<Broadcasting<A, B>, B, Operand<B>>;

/** One method for each operation in the table `elementwise`. */
interface ElementwiseMethodsOf<S extends Shape> {
  /**
   * a + b, element by element.
   *
   * @example String(tensor([1, 2]).add(tensor([10, 20])))   // [11. 22.]
   */
  add<A extends Shape, B extends Shape = []>(this: Tensor<A>, other: Beside<A, B>): Tensor<Broadcast<A, B>>;

  /**
   * a − b.
   *
   * @example String(tensor([1, 2]).sub(1))   // [0. 1.]
   */
  sub<A extends Shape, B extends Shape = []>(this: Tensor<A>, other: Beside<A, B>): Tensor<Broadcast<A, B>>;

  /**
   * a · b, element by element; for the product of matrices see `matmul`.
   *
   * @example String(tensor([1, 2]).mul(tensor([3, 4])))   // [3. 8.]
   */
  mul<A extends Shape, B extends Shape = []>(this: Tensor<A>, other: Beside<A, B>): Tensor<Broadcast<A, B>>;

  /**
   * a / b; whole numbers give fractions.
   *
   * @example String(tensor([1, 2]).div(4))   // [0.25 0.5 ]
   */
  div<A extends Shape, B extends Shape = []>(this: Tensor<A>, other: Beside<A, B>): Tensor<Broadcast<A, B>>;

  /**
   * a to the power b.
   *
   * @example String(tensor([2, 3]).pow(2))   // [4. 9.]
   */
  pow<A extends Shape, B extends Shape = []>(this: Tensor<A>, other: Beside<A, B>): Tensor<Broadcast<A, B>>;

  /**
   * The larger of a and b, element by element; NaN where either is NaN.
   *
   * @example String(tensor([-1, 2]).maximum(0))   // [0. 2.]
   */
  maximum<A extends Shape, B extends Shape = []>(this: Tensor<A>, other: Beside<A, B>): Tensor<Broadcast<A, B>>;

  /**
   * The smaller of a and b, element by element; NaN where either is NaN.
   *
   * @example String(tensor([-1, 2]).minimum(0))   // [-1.  0.]
   */
  minimum<A extends Shape, B extends Shape = []>(this: Tensor<A>, other: Beside<A, B>): Tensor<Broadcast<A, B>>;

  /**
   * −a.
   *
   * @example String(tensor([1, -2]).neg())   // [-1.  2.]
   */
  neg(): Tensor<S>;

  /**
   * |a|.
   *
   * @example String(tensor([1, -2]).abs())   // [1. 2.]
   */
  abs(): Tensor<S>;

  /**
   * −1, 0 or 1, by the sign of a.
   *
   * @example String(tensor([5, 0, -2]).sign())   // [ 1.  0. -1.]
   */
  sign(): Tensor<S>;

  /**
   * eᵃ; in float32 by NumPy’s own algorithm, to the last bit.
   *
   * @example String(tensor([0, 1]).exp())   // [1.       2.718282]
   */
  exp(): Tensor<S>;

  /**
   * ln a, the natural logarithm; in float32 by NumPy’s own algorithm, to the last bit.
   *
   * @example String(tensor([1, 10]).log())   // [0.        2.3025851]
   */
  log(): Tensor<S>;

  /**
   * ln(1 + a), exact for small a.
   *
   * @example String(tensor([1e-10]).log1p())   // [1.e-10]
   */
  log1p(): Tensor<S>;

  /**
   * eᵃ − 1, exact for small a.
   *
   * @example String(tensor([1e-10]).expm1())   // [1.e-10]
   */
  expm1(): Tensor<S>;

  /**
   * √a. Its derivative at 0 is infinite, as in NumPy and PyTorch.
   *
   * @example String(tensor([4, 9]).sqrt())   // [2. 3.]
   */
  sqrt(): Tensor<S>;

  /**
   * sin a, a in radians.
   *
   * @example String(tensor([0]).sin())   // [0.]
   */
  sin(): Tensor<S>;

  /**
   * cos a, a in radians.
   *
   * @example String(tensor([0]).cos())   // [1.]
   */
  cos(): Tensor<S>;

  /**
   * tanh a = (eᵃ − e⁻ᵃ) / (eᵃ + e⁻ᵃ).
   *
   * @example String(tensor([0, 1]).tanh())   // [0.        0.7615942]
   */
  tanh(): Tensor<S>;

  /**
   * ⌊a⌋, the whole number below.
   *
   * @example String(tensor([1.5, -1.5]).floor())   // [ 1. -2.]
   */
  floor(): Tensor<S>;

  /**
   * ⌈a⌉, the whole number above.
   *
   * @example String(tensor([1.5, -1.5]).ceil())   // [ 2. -1.]
   */
  ceil(): Tensor<S>;

  /**
   * The nearest whole number; halves go to the even one, as in NumPy.
   *
   * @example String(tensor([0.5, 1.5, 2.5]).round())   // [0. 2. 2.]
   */
  round(): Tensor<S>;

  /**
   * a = b, as booleans.
   *
   * @example String(tensor([1, 2, 3]).equal(2))   // [False  True False]
   */
  equal<A extends Shape, B extends Shape = []>(this: Tensor<A>, other: Beside<A, B>): Tensor<Broadcast<A, B>>;

  /**
   * a ≠ b, as booleans.
   *
   * @example String(tensor([1, 2, 3]).notEqual(2))   // [ True False  True]
   */
  notEqual<A extends Shape, B extends Shape = []>(this: Tensor<A>, other: Beside<A, B>): Tensor<Broadcast<A, B>>;

  /**
   * a < b, as booleans.
   *
   * @example String(tensor([1, 2, 3]).less(2))   // [ True False False]
   */
  less<A extends Shape, B extends Shape = []>(this: Tensor<A>, other: Beside<A, B>): Tensor<Broadcast<A, B>>;

  /**
   * a ≤ b, as booleans.
   *
   * @example String(tensor([1, 2, 3]).lessEqual(2))   // [ True  True False]
   */
  lessEqual<A extends Shape, B extends Shape = []>(this: Tensor<A>, other: Beside<A, B>): Tensor<Broadcast<A, B>>;

  /**
   * a > b, as booleans.
   *
   * @example String(tensor([1, 2, 3]).greater(2))   // [False False  True]
   */
  greater<A extends Shape, B extends Shape = []>(this: Tensor<A>, other: Beside<A, B>): Tensor<Broadcast<A, B>>;

  /**
   * a ≥ b, as booleans.
   *
   * @example String(tensor([1, 2, 3]).greaterEqual(2))   // [False  True  True]
   */
  greaterEqual<A extends Shape, B extends Shape = []>(this: Tensor<A>, other: Beside<A, B>): Tensor<Broadcast<A, B>>;

  /**
   * a and b, as booleans; all numbers but 0 count as true.
   *
   * @example String(tensor([true, true]).logicalAnd(tensor([true, false])))   // [ True False]
   */
  logicalAnd<A extends Shape, B extends Shape = []>(this: Tensor<A>, other: Beside<A, B>): Tensor<Broadcast<A, B>>;

  /**
   * a or b, as booleans.
   *
   * @example String(tensor([true, false]).logicalOr(false))   // [ True False]
   */
  logicalOr<A extends Shape, B extends Shape = []>(this: Tensor<A>, other: Beside<A, B>): Tensor<Broadcast<A, B>>;

  /**
   * Either a or b, as booleans.
   *
   * @example String(tensor([true, false]).logicalXor(true))   // [False  True]
   */
  logicalXor<A extends Shape, B extends Shape = []>(this: Tensor<A>, other: Beside<A, B>): Tensor<Broadcast<A, B>>;

  /**
   * Not a, as booleans.
   *
   * @example String(tensor([true, false]).logicalNot())   // [False  True]
   */
  logicalNot(): Tensor<S>;
}

/** The elementwise methods that do more than apply an operation of their name. */
abstract class OtherElementwise<S extends Shape> extends Reading<S> {
  /**
   * a where this condition holds, b elsewhere; all three are broadcast. A value that is not chosen does not show in the
   * result, even when it is NaN.
   *
   * Its gradient is 0 times the derivative of the branch. Where that derivative is infinite or NaN, as of log x at 0, the
   * gradient is NaN, as in PyTorch. Choose a harmless x first: x.equal(0).where(0, x.equal(0).where(1, x).log()).
   *
   * @example String(tensor([true, false]).where(tensor([1, 2]), 0))   // [1. 0.]
   */
  where<A extends Shape, B extends Shape = [], C extends Shape = []>(
    this: Tensor<A>,
    a: Beside<A, B>,
    b: Beside<Broadcast<A, B>, C>,
  ): Tensor<Broadcast<Broadcast<A, B>, C>> {
    // Beside a condition alone, numbers become what tensor() makes of them: float32.
    const numbers = typeof a !== 'object' && typeof b !== 'object' && (typeof a === 'number' || typeof b === 'number');
    const dtype = numbers ? 'float32' : 'bool';
    return this.apply(where, [this.dtype === dtype ? this : this.cast(dtype), a, b], undefined);
  }

  /**
   * min(max(a, low), high): each element held between two bounds. A bound that is left out holds nothing.
   *
   * @example String(tensor([-2, 0.5, 2]).clip(-1, 1))   // [-1.   0.5  1. ]
   */
  clip<A extends Shape, Low extends Shape = [], High extends Shape = []>(
    this: Tensor<A>,
    low?: Beside<A, Low>,
    high?: Beside<A, High>,
  ): Tensor<Broadcast<Broadcast<A, Low>, High>> {
    // An absent bound is infinite, or the last int32.
    const most = this.dtype === 'int32' ? 2 ** 31 - 1 : Infinity;
    return this.apply(clip, [this, low === undefined ? -most : low, high === undefined ? most : high], undefined);
  }

  /**
   * The same numbers in another dtype: to int32 by cutting off the fraction, or to the nearest that int32 holds (NaN
   * becomes 0); to bool by asking whether they differ from 0.
   *
   * @example String(tensor([1.7, -1.7]).cast('int32'))   // [ 1 -1]
   */
  cast(dtype: DType): Tensor<S> {
    return this.apply(cast, [this], { dtype: checkDType(dtype, 'cast') });
  }
}

/** Methods that work element by element. Operands of other shapes are broadcast as in NumPy. */
export const ElementwiseMethods: abstract new <S extends Shape>(
  shape: S,
  dtype: DType,
) => OtherElementwise<S> & ElementwiseMethodsOf<S> = /* @__PURE__ */ withMethods(
  OtherElementwise,
  Object.values(elementwise),
  (operation) =>
    function (other: Operand) {
      return this.apply(operation, operation.arity === 1 ? [this] : [this, other], undefined);
    },
);
