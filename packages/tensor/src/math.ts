import { isFloating } from './dtype.ts';
import { checkNumber } from './errors.ts';
import type { BroadcastOperand } from './methods/elementwise.ts';
import type { Operand } from './methods/tensor-base.ts';
import type { ElementwiseOperation } from './operation.ts';
import * as operations from './operations/math.ts';

import type { Shape } from './shape.ts';
import { apply, checkTensor, type Tensor } from './tensor.ts';
import type { Broadcast } from './types/broadcast.ts';

// Elementwise functions beyond the methods of Tensor. Functions of real numbers give float32 for integers.

function unary<S extends Shape>(operation: ElementwiseOperation, a: Tensor<S>): Tensor<S> {
  return apply(operation, [a as unknown as Tensor], undefined) as unknown as Tensor<S>;
}

function binary<A extends Shape, B extends Shape>(
  operation: ElementwiseOperation,
  a: Tensor<A>,
  b: BroadcastOperand<A, B>,
): Tensor<Broadcast<A, B>> {
  return apply(operation, [a as unknown as Tensor, b as Operand], undefined) as Tensor<Broadcast<A, B>>;
}

/**
 * tan a, a in radians.
 *
 * @example String(tan(tensor([0, 1])))   // [0.        1.5574077]
 */
export function tan<S extends Shape>(a: Tensor<S>): Tensor<S> {
  return unary(operations.tan, a);
}

/**
 * The angle in radians whose sine is a, from −π/2 to π/2; NaN outside −1 … 1.
 *
 * @example String(asin(tensor([0, 1])))   // [0.        1.5707964]
 */
export function asin<S extends Shape>(a: Tensor<S>): Tensor<S> {
  return unary(operations.asin, a);
}

/**
 * The angle in radians whose cosine is a, from 0 to π; NaN outside −1 … 1.
 *
 * @example String(acos(tensor([1, 0])))   // [0.        1.5707964]
 */
export function acos<S extends Shape>(a: Tensor<S>): Tensor<S> {
  return unary(operations.acos, a);
}

/**
 * The angle in radians whose tangent is a, from −π/2 to π/2.
 *
 * @example String(atan(tensor([0, 1])))   // [0.        0.7853982]
 */
export function atan<S extends Shape>(a: Tensor<S>): Tensor<S> {
  return unary(operations.atan, a);
}

/**
 * (eᵃ − e⁻ᵃ)/2, the hyperbolic sine.
 *
 * @example String(sinh(tensor([0, 1])))   // [0.        1.1752012]
 */
export function sinh<S extends Shape>(a: Tensor<S>): Tensor<S> {
  return unary(operations.sinh, a);
}

/**
 * (eᵃ + e⁻ᵃ)/2, the hyperbolic cosine.
 *
 * @example String(cosh(tensor([0, 1])))   // [1.        1.5430807]
 */
export function cosh<S extends Shape>(a: Tensor<S>): Tensor<S> {
  return unary(operations.cosh, a);
}

/**
 * The number whose hyperbolic sine is a.
 *
 * @example String(asinh(tensor([0, 1])))   // [0.        0.8813736]
 */
export function asinh<S extends Shape>(a: Tensor<S>): Tensor<S> {
  return unary(operations.asinh, a);
}

/**
 * The non-negative number whose hyperbolic cosine is a; NaN below 1.
 *
 * @example String(acosh(tensor([1, 2])))   // [0.       1.316958]
 */
export function acosh<S extends Shape>(a: Tensor<S>): Tensor<S> {
  return unary(operations.acosh, a);
}

/**
 * The number whose hyperbolic tangent is a; NaN outside −1 … 1.
 *
 * @example String(atanh(tensor([0, 0.5])))   // [0.         0.54930615]
 */
export function atanh<S extends Shape>(a: Tensor<S>): Tensor<S> {
  return unary(operations.atanh, a);
}

/**
 * The logarithm of a to the base 2.
 *
 * @example String(log2(tensor([1, 8])))   // [0. 3.]
 */
export function log2<S extends Shape>(a: Tensor<S>): Tensor<S> {
  return unary(operations.log2, a);
}

/**
 * The logarithm of a to the base 10.
 *
 * @example String(log10(tensor([1, 1000])))   // [0. 3.]
 */
export function log10<S extends Shape>(a: Tensor<S>): Tensor<S> {
  return unary(operations.log10, a);
}

/**
 * 2ᵃ.
 *
 * @example String(exp2(tensor([0, 3])))   // [1. 8.]
 */
export function exp2<S extends Shape>(a: Tensor<S>): Tensor<S> {
  return unary(operations.exp2, a);
}

/**
 * 1 − erf a, with all digits where erf a is close to 1.
 *
 * @example String(erfc(tensor([0, 2])))   // [1.         0.00467773]
 */
export function erfc<S extends Shape>(a: Tensor<S>): Tensor<S> {
  return unary(operations.erfc, a);
}

/**
 * ln |Γ(a)|, the logarithm of the gamma function. Γ(n) = (n − 1)!.
 *
 * @example String(lgamma(tensor([1, 5])))   // [0.        3.1780539]
 */
export function lgamma<S extends Shape>(a: Tensor<S>): Tensor<S> {
  return unary(operations.lgamma, a);
}

/**
 * The derivative of ln Γ(a).
 *
 * @example String(digamma(tensor([1, 2])))   // [-0.5772157   0.42278433]
 */
export function digamma<S extends Shape>(a: Tensor<S>): Tensor<S> {
  return unary(operations.digamma, a);
}

/**
 * a without its fraction: the nearest integer towards 0.
 *
 * @example String(trunc(tensor([1.5, -1.5])))   // [ 1. -1.]
 */
export function trunc<S extends Shape>(a: Tensor<S>): Tensor<S> {
  return unary(operations.trunc, a);
}

/**
 * The angle in radians of the point (b, a), from −π to π.
 *
 * @example String(atan2(tensor([1, 1]), tensor([1, -1])))   // [0.7853982 2.3561945]
 */
export function atan2<A extends Shape, B extends Shape = []>(
  a: Tensor<A>,
  b: BroadcastOperand<A, B>,
): Tensor<Broadcast<A, B>> {
  return binary(operations.atan2, a, b);
}

/**
 * a − b · trunc(a / b): the remainder with the sign of a, as in C.
 *
 * @example String(fmod(tensor([7, -7]), 3))   // [ 1. -1.]
 */
export function fmod<A extends Shape, B extends Shape = []>(
  a: Tensor<A>,
  b: BroadcastOperand<A, B>,
): Tensor<Broadcast<A, B>> {
  return binary(operations.fmod, a, b);
}

/**
 * a − b · ⌊a / b⌋: the remainder with the sign of b, as in Python.
 *
 * @example String(remainder(tensor([7, -7]), 3))   // [1. 2.]
 */
export function remainder<A extends Shape, B extends Shape = []>(
  a: Tensor<A>,
  b: BroadcastOperand<A, B>,
): Tensor<Broadcast<A, B>> {
  return binary(operations.remainder, a, b);
}

/**
 * ⌊a / b⌋. Division of integers by 0 gives 0, as in NumPy.
 *
 * @example String(floorDivide(tensor([7, -7]), 3))   // [ 2. -3.]
 */
export function floorDivide<A extends Shape, B extends Shape = []>(
  a: Tensor<A>,
  b: BroadcastOperand<A, B>,
): Tensor<Broadcast<A, B>> {
  return binary(operations.floorDivide, a, b);
}

/**
 * a / b rounded towards 0. Division of integers by 0 gives 0.
 *
 * @example String(truncateDivide(tensor([7, -7]), 3))   // [ 2. -2.]
 */
export function truncateDivide<A extends Shape, B extends Shape = []>(
  a: Tensor<A>,
  b: BroadcastOperand<A, B>,
): Tensor<Broadcast<A, B>> {
  return binary(operations.truncateDivide, a, b);
}

/**
 * The bits that a and b both have.
 *
 * @throws DTypeError for float32 and float64
 * @example String(bitwiseAnd(tensor([6, 3], { dtype: 'int32' }), 5))   // [4 1]
 */
export function bitwiseAnd<A extends Shape, B extends Shape = []>(
  a: Tensor<A>,
  b: BroadcastOperand<A, B>,
): Tensor<Broadcast<A, B>> {
  return binary(operations.bitwiseAnd, a, b);
}

/**
 * The bits that a or b has.
 *
 * @throws DTypeError for float32 and float64
 * @example String(bitwiseOr(tensor([6, 3], { dtype: 'int32' }), 5))   // [7 7]
 */
export function bitwiseOr<A extends Shape, B extends Shape = []>(
  a: Tensor<A>,
  b: BroadcastOperand<A, B>,
): Tensor<Broadcast<A, B>> {
  return binary(operations.bitwiseOr, a, b);
}

/**
 * The bits that either a or b has.
 *
 * @throws DTypeError for float32 and float64
 * @example String(bitwiseXor(tensor([6, 3], { dtype: 'int32' }), 5))   // [3 6]
 */
export function bitwiseXor<A extends Shape, B extends Shape = []>(
  a: Tensor<A>,
  b: BroadcastOperand<A, B>,
): Tensor<Broadcast<A, B>> {
  return binary(operations.bitwiseXor, a, b);
}

/**
 * a · 2ᵇ; bits beyond the 32nd are lost.
 *
 * @throws DTypeError for float32 and float64
 * @example String(leftShift(tensor([1, 3], { dtype: 'int32' }), 4))   // [16 48]
 */
export function leftShift<A extends Shape, B extends Shape = []>(
  a: Tensor<A>,
  b: BroadcastOperand<A, B>,
): Tensor<Broadcast<A, B>> {
  return binary(operations.leftShift, a, b);
}

/**
 * ⌊a / 2ᵇ⌋: bits move right, and the sign stays.
 *
 * @throws DTypeError for float32 and float64
 * @example String(rightShift(tensor([16, -16], { dtype: 'int32' }), 2))   // [ 4 -4]
 */
export function rightShift<A extends Shape, B extends Shape = []>(
  a: Tensor<A>,
  b: BroadcastOperand<A, B>,
): Tensor<Broadcast<A, B>> {
  return binary(operations.rightShift, a, b);
}

/**
 * All bits inverted: −a − 1.
 *
 * @throws DTypeError for float32 and float64
 * @example String(bitwiseNot(tensor([0, 5], { dtype: 'int32' })))   // [-1 -6]
 */
export function bitwiseNot<S extends Shape>(a: Tensor<S>): Tensor<S> {
  return unary(operations.bitwiseNot, a);
}

/**
 * The derivative of order n of the digamma function. For n from 2 on it is NaN below 0.
 *
 * @param n  a positive integer; 1 is the trigamma function
 * @throws RangeError when n is no positive integer
 * @example String(polygamma(1, tensor([1])))   // [1.644934]
 */
export function polygamma<S extends Shape>(n: number, a: Tensor<S>): Tensor<S> {
  checkNumber('polygamma', 'n', n, Number.isInteger(n) && n > 0, 'a positive integer');
  return unary(operations.polygamma(n), a);
}

/**
 * a².
 *
 * @example String(square(tensor([1, -3])))   // [1. 9.]
 */
export function square<S extends Shape>(a: Tensor<S>): Tensor<S> {
  const x = a as unknown as Tensor;
  return x.mul(x) as unknown as Tensor<S>;
}

/**
 * 1 / a.
 *
 * @example String(reciprocal(tensor([2, 4])))   // [0.5  0.25]
 */
export function reciprocal<S extends Shape>(a: Tensor<S>): Tensor<S> {
  return floating(a, 'reciprocal').pow(-1) as unknown as Tensor<S>;
}

/**
 * 1 / √a.
 *
 * @example String(rsqrt(tensor([4, 16])))   // [0.5  0.25]
 */
export function rsqrt<S extends Shape>(a: Tensor<S>): Tensor<S> {
  return floating(a, 'rsqrt').pow(-0.5) as unknown as Tensor<S>;
}

/**
 * a − trunc(a): the fraction, with the sign of a.
 *
 * @example String(frac(tensor([1.5, -1.25])))   // [ 0.5  -0.25]
 */
export function frac<S extends Shape>(a: Tensor<S>): Tensor<S> {
  const x = a as unknown as Tensor;
  return x.sub(trunc(x)) as unknown as Tensor<S>;
}

/**
 * a + weight · (b − a): from a at weight 0 to b at weight 1.
 *
 * @example String(lerp(tensor([0, 10]), tensor([10, 20]), 0.5))   // [ 5. 15.]
 */
export function lerp<A extends Shape, B extends Shape = [], W extends Shape = []>(
  a: Tensor<A>,
  b: BroadcastOperand<A, B>,
  weight: BroadcastOperand<Broadcast<A, B>, W>,
): Tensor<Broadcast<Broadcast<A, B>, W>> {
  const x = checkTensor(a as unknown as Tensor, 'lerp');
  const difference: Tensor = x.neg().add(b as Operand);
  return x.add(difference.mul(weight as Operand)) as Tensor<Broadcast<Broadcast<A, B>, W>>;
}

/**
 * Is a not a number? As booleans.
 *
 * @example String(isNaN(tensor([1, NaN])))   // [False  True]
 */
export function isNaN<S extends Shape>(a: Tensor<S>): Tensor<S> {
  const x = checkTensor(a as unknown as Tensor, 'isNaN');
  return x.notEqual(x) as unknown as Tensor<S>;
}

/**
 * Is a neither infinite nor NaN? As booleans.
 *
 * @example String(isFinite(tensor([1, Infinity, NaN])))   // [ True False False]
 */
export function isFinite<S extends Shape>(a: Tensor<S>): Tensor<S> {
  return checkTensor(a as unknown as Tensor, 'isFinite')
    .abs()
    .less(Infinity) as unknown as Tensor<S>;
}

/**
 * Is a ∞ or −∞? As booleans.
 *
 * @example String(isInfinite(tensor([1, -Infinity, NaN])))   // [False  True False]
 */
export function isInfinite<S extends Shape>(a: Tensor<S>): Tensor<S> {
  return checkTensor(a as unknown as Tensor, 'isInfinite')
    .abs()
    .equal(Infinity) as unknown as Tensor<S>;
}

/** Integers and booleans as float32. */
function floating<S extends Shape>(a: Tensor<S>, caller: string): Tensor {
  const x = checkTensor(a as unknown as Tensor, caller);
  return isFloating(x.dtype) ? x : x.cast('float32');
}
