import { checkDType, type DType, isInteger } from '../dtype.ts';
import { DTypeError } from '../errors.ts';
import { check } from '../operations/check.ts';
import { cast, clip, elementwise, where } from '../operations/elementwise.ts';
import type { Shape } from '../shape.ts';
import { packed } from '../strided.ts';
import type { Tensor } from '../tensor.ts';
import type { Broadcast, Broadcasting, Fits } from '../types/broadcast.ts';
import { type Operand, TensorBase, withMethods } from './tensor-base.ts';

/** An operand that broadcasts with a tensor of shape A. */
export type BroadcastOperand<A extends Shape, B extends Shape> = Fits<Broadcasting<A, B>, B, Operand<B>>;

/** The method of each operation in the table `elementwise`. */
interface ElementwiseMethodsOf<S extends Shape> {
  /**
   * a + b, elementwise.
   *
   * @example String(tensor([1, 2]).add(tensor([10, 20])))   // [11. 22.]
   */
  add<A extends Shape, B extends Shape = []>(this: Tensor<A>, other: BroadcastOperand<A, B>): Tensor<Broadcast<A, B>>;

  /**
   * a − b.
   *
   * @example String(tensor([1, 2]).sub(1))   // [0. 1.]
   */
  sub<A extends Shape, B extends Shape = []>(this: Tensor<A>, other: BroadcastOperand<A, B>): Tensor<Broadcast<A, B>>;

  /**
   * a · b, elementwise. For the matrix product see `matmul`.
   *
   * @example String(tensor([1, 2]).mul(tensor([3, 4])))   // [3. 8.]
   */
  mul<A extends Shape, B extends Shape = []>(this: Tensor<A>, other: BroadcastOperand<A, B>): Tensor<Broadcast<A, B>>;

  /**
   * a / b. Integers are divided as float32, so that 1 / 2 is 0.5.
   *
   * @example String(tensor([1, 2]).div(4))   // [0.25 0.5 ]
   */
  div<A extends Shape, B extends Shape = []>(this: Tensor<A>, other: BroadcastOperand<A, B>): Tensor<Broadcast<A, B>>;

  /**
   * The larger of a and b, elementwise; NaN where either is NaN.
   *
   * @example String(tensor([-1, 2]).maximum(0))   // [0. 2.]
   */
  maximum<A extends Shape, B extends Shape = []>(
    this: Tensor<A>,
    other: BroadcastOperand<A, B>,
  ): Tensor<Broadcast<A, B>>;

  /**
   * The smaller of a and b, elementwise; NaN where either is NaN.
   *
   * @example String(tensor([-1, 2]).minimum(0))   // [-1.  0.]
   */
  minimum<A extends Shape, B extends Shape = []>(
    this: Tensor<A>,
    other: BroadcastOperand<A, B>,
  ): Tensor<Broadcast<A, B>>;

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
   * eᵃ. In float32 by NumPy’s own algorithm, with the same bits.
   *
   * @example String(tensor([0, 1]).exp())   // [1.       2.718282]
   */
  exp(): Tensor<S>;

  /**
   * ln a, the natural logarithm. In float32 by NumPy’s own algorithm, with the same bits.
   *
   * @example String(tensor([1, 10]).log())   // [0.        2.3025851]
   */
  log(): Tensor<S>;

  /**
   * ln(1 + a), accurate for small a.
   *
   * @example String(tensor([1e-10]).log1p())   // [1.e-10]
   */
  log1p(): Tensor<S>;

  /**
   * eᵃ − 1, accurate for small a.
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
   * ⌊a⌋, the largest integer that is not above a.
   *
   * @example String(tensor([1.5, -1.5]).floor())   // [ 1. -2.]
   */
  floor(): Tensor<S>;

  /**
   * ⌈a⌉, the smallest integer that is not below a.
   *
   * @example String(tensor([1.5, -1.5]).ceil())   // [ 2. -1.]
   */
  ceil(): Tensor<S>;

  /**
   * The nearest integer; halves round to the even one, as in NumPy.
   *
   * @example String(tensor([0.5, 1.5, 2.5]).round())   // [0. 2. 2.]
   */
  round(): Tensor<S>;

  /**
   * a = b, as bool.
   *
   * @example String(tensor([1, 2, 3]).equal(2))   // [False  True False]
   */
  equal<A extends Shape, B extends Shape = []>(this: Tensor<A>, other: BroadcastOperand<A, B>): Tensor<Broadcast<A, B>>;

  /**
   * a ≠ b, as bool.
   *
   * @example String(tensor([1, 2, 3]).notEqual(2))   // [ True False  True]
   */
  notEqual<A extends Shape, B extends Shape = []>(
    this: Tensor<A>,
    other: BroadcastOperand<A, B>,
  ): Tensor<Broadcast<A, B>>;

  /**
   * a < b, as bool.
   *
   * @example String(tensor([1, 2, 3]).less(2))   // [ True False False]
   */
  less<A extends Shape, B extends Shape = []>(this: Tensor<A>, other: BroadcastOperand<A, B>): Tensor<Broadcast<A, B>>;

  /**
   * a ≤ b, as bool.
   *
   * @example String(tensor([1, 2, 3]).lessEqual(2))   // [ True  True False]
   */
  lessEqual<A extends Shape, B extends Shape = []>(
    this: Tensor<A>,
    other: BroadcastOperand<A, B>,
  ): Tensor<Broadcast<A, B>>;

  /**
   * a > b, as bool.
   *
   * @example String(tensor([1, 2, 3]).greater(2))   // [False False  True]
   */
  greater<A extends Shape, B extends Shape = []>(
    this: Tensor<A>,
    other: BroadcastOperand<A, B>,
  ): Tensor<Broadcast<A, B>>;

  /**
   * a ≥ b, as bool.
   *
   * @example String(tensor([1, 2, 3]).greaterEqual(2))   // [False  True  True]
   */
  greaterEqual<A extends Shape, B extends Shape = []>(
    this: Tensor<A>,
    other: BroadcastOperand<A, B>,
  ): Tensor<Broadcast<A, B>>;

  /**
   * a and b, as bool. Numbers other than 0 count as true.
   *
   * @example String(tensor([true, true]).logicalAnd(tensor([true, false])))   // [ True False]
   */
  logicalAnd<A extends Shape, B extends Shape = []>(
    this: Tensor<A>,
    other: BroadcastOperand<A, B>,
  ): Tensor<Broadcast<A, B>>;

  /**
   * a or b, as bool. Numbers other than 0 count as true.
   *
   * @example String(tensor([true, false]).logicalOr(false))   // [ True False]
   */
  logicalOr<A extends Shape, B extends Shape = []>(
    this: Tensor<A>,
    other: BroadcastOperand<A, B>,
  ): Tensor<Broadcast<A, B>>;

  /**
   * Either a or b, not both, as bool. Numbers other than 0 count as true.
   *
   * @example String(tensor([true, false]).logicalXor(true))   // [False  True]
   */
  logicalXor<A extends Shape, B extends Shape = []>(
    this: Tensor<A>,
    other: BroadcastOperand<A, B>,
  ): Tensor<Broadcast<A, B>>;

  /**
   * Not a, as bool. Numbers other than 0 count as true.
   *
   * @example String(tensor([true, false]).logicalNot())   // [False  True]
   */
  logicalNot(): Tensor<S>;
}

/** Checks the exponent of an integer power. A compiled function checks it each time it runs. */
function refuseNegative(base: Tensor, exponent: Operand): void {
  const refused = (value: number): DTypeError =>
    new DTypeError(
      `pow: integers to negative integer powers are not allowed, got exponent ${value}. Cast one of them to float32.`,
    );
  if (typeof exponent !== 'object') {
    if (Number(exponent) < 0) throw refused(Number(exponent));
  } else if (exponent.dtype !== 'bool') {
    const power = exponent as Tensor;
    base.apply(check, [power.greaterEqual(0), power], {
      caller: 'pow',
      refuse: (at, [given]) => refused(packed(given!, given!.shape, given!.dtype)[at]!),
    });
  }
}

/** The elementwise methods that do more than apply the operation of the same name. */
abstract class ComposedElementwise<S extends Shape> extends TensorBase<S> {
  /**
   * aᵇ. Integers stay integers.
   *
   * @throws DTypeError when a and b are integers and b is negative
   *
   * @example String(tensor([2, 3]).pow(2))   // [4. 9.]
   */
  pow<A extends Shape, B extends Shape = []>(this: Tensor<A>, other: BroadcastOperand<A, B>): Tensor<Broadcast<A, B>> {
    const power: Tensor<Broadcast<A, B>> = this.apply(elementwise.pow, [this, other], undefined);
    if (power.dtype === 'int32') refuseNegative(this, other);
    return power;
  }

  /**
   * a where this condition is true, b elsewhere; all three are broadcast. A value that is not chosen does not affect the
   * result, even when it is NaN.
   *
   * The gradient of the branch that is not chosen is 0 times its derivative. Where that derivative is infinite or NaN, as
   * of log x at 0, the gradient is NaN, as in PyTorch. Choose a safe x first:
   * x.equal(0).where(0, x.equal(0).where(1, x).log()). `findNonFinite` names the operation that made a NaN.
   *
   * @example String(tensor([true, false]).where(tensor([1, 2]), 0))   // [1. 0.]
   */
  where<A extends Shape, B extends Shape = [], C extends Shape = []>(
    this: Tensor<A>,
    a: BroadcastOperand<A, B>,
    b: BroadcastOperand<Broadcast<A, B>, C>,
  ): Tensor<Broadcast<Broadcast<A, B>, C>> {
    // Without another tensor than the condition, numbers get the dtype that tensor() gives them: float32.
    const numbers = typeof a !== 'object' && typeof b !== 'object' && (typeof a === 'number' || typeof b === 'number');
    const dtype = numbers ? 'float32' : 'bool';
    return this.apply(where, [this.dtype === dtype ? this : this.cast(dtype), a, b], undefined);
  }

  /**
   * min(max(a, low), high): each element limited to an interval. A bound may be left out.
   *
   * @example String(tensor([-2, 0.5, 2]).clip(-1, 1))   // [-1.   0.5  1. ]
   */
  clip<A extends Shape, Low extends Shape = [], High extends Shape = []>(
    this: Tensor<A>,
    low?: BroadcastOperand<A, Low>,
    high?: BroadcastOperand<A, High>,
  ): Tensor<Broadcast<Broadcast<A, Low>, High>> {
    // A missing bound is infinite, or the limit of int32.
    const limit = this.dtype !== 'bool' && isInteger(this.dtype) ? 2 ** 31 - 1 : Infinity;
    return this.apply(clip, [this, low === undefined ? -limit : low, high === undefined ? limit : high], undefined);
  }

  /**
   * The same numbers in another dtype. Conversion to int32 truncates the fraction and saturates at the limits of int32; NaN
   * becomes 0. Conversion to int8, uint8 and int16 keeps the lowest bits of the int32: 257 becomes 1. Conversion to float16
   * rounds to the nearest, ties to even, and from 65520 on to infinity. Conversion to bool compares with 0.
   *
   * @example String(tensor([1.7, -1.7]).cast('int32'))   // [ 1 -1]
   */
  cast(dtype: DType): Tensor<S> {
    return this.apply(cast, [this], { dtype: checkDType(dtype, 'cast') });
  }
}

/** The elementwise methods of a tensor. Operands of other shapes are broadcast as in NumPy. */
export const ElementwiseMethods: abstract new <S extends Shape>(
  shape: S,
  dtype: DType,
) => ComposedElementwise<S> & ElementwiseMethodsOf<S> = /* @__PURE__ */ withMethods(
  ComposedElementwise,
  Object.values(elementwise).filter((operation) => operation !== elementwise.pow),
  (operation) =>
    function (other: Operand) {
      return this.apply(operation, operation.arity === 1 ? [this] : [this, other], undefined);
    },
);
