import { arange } from './creation.ts';
import { checkIs, type DType, isFloating } from './dtype.ts';
import { ShapeError } from './errors.ts';
import type { Beside } from './methods/elementwise.ts';
import type { Operand } from './methods/reading.ts';
import { fold, type Keep } from './methods/reduction.ts';
import type { SearchOperation } from './operation.ts';
import { clip as operation, erf as erfOperation } from './operations/elementwise.ts';
import { prod as prodOperation } from './operations/reduce.ts';
import * as operations from './operations/search.ts';
import { checkShape, normalizeAxes, normalizeAxis, reducedShape, type Shape } from './shape.ts';
import { apply, checkTensor, type Tensor } from './tensor.ts';
import type { Along, AlongOne, Axes, Reduce } from './types/axes.ts';
import type { Broadcast } from './types/broadcast.ts';

/**
 * a held between `low` and `high`. An end that is not given holds nothing.
 *
 * A function, not a method: it travels with those who call it.
 *
 * @example String(clip(tensor([-2, 0.5, 2]), -1, 1))   // [-1.   0.5  1. ]
 */
export function clip<A extends Shape, Low extends Shape = [], High extends Shape = []>(
  a: Tensor<A>,
  low?: Beside<A, Low>,
  high?: Beside<A, High>,
): Tensor<Broadcast<Broadcast<A, Low>, High>> {
  const x = checkTensor(a as unknown as Tensor, 'clip');
  // What holds nothing is infinite, or the last whole number.
  const most = x.dtype === 'int32' ? 2 ** 31 - 1 : Infinity;
  const ends = [low === undefined ? -most : low, high === undefined ? most : high] as readonly Operand[];
  return apply(operation, [x, ...ends], undefined) as Tensor<Broadcast<Broadcast<A, Low>, High>>;
}

/**
 * The error function, element by element.
 *
 *   erf a = 2/√π · ∫₀ᵃ e^(−t²) dt
 *
 * A function, not a method: few need it, and its coefficients travel with those who do.
 *
 * @param a  floating numbers stay in their dtype, all else becomes float32
 * @returns  a tensor of the shape of a
 * @example String(erf(tensor([0, 1])))   // [0.        0.8427008]
 */
export function erf<S extends Shape>(a: Tensor<S>): Tensor<S> {
  return apply(erfOperation, [a as unknown as Tensor], undefined) as unknown as Tensor<S>;
}

/**
 * Π a. The product of nothing is 1.
 *
 * A function, not a method: few need it, and what its gradient takes travels with those who do.
 *
 * @param axis  which axes to reduce: one, several, or all when none is named
 * @example String(prod(tensor([2, 3, 4])))   // 24.0
 */
export function prod<S extends Shape, const At extends Axes = undefined, Kept extends boolean = false>(
  a: Tensor<S>,
  axis?: Along<S, At>,
  keep?: Keep<Kept>,
): Tensor<Reduce<S, At, Kept>> {
  const x = checkTensor(a as unknown as Tensor, 'prod');
  return fold(prodOperation).call(x, axis as Axes, keep) as Tensor<Reduce<S, At, Kept>>;
}

// Functions, not methods: no gradient needs them, so they travel with those who ask for places.

/**
 * The place of the largest element, the first of equals; without an axis its place in row-major order.
 *
 * @throws ShapeError when there is nothing along the axis
 * @example String(argmax(tensor([[1, 5], [7, 7]]), 1))   // [1 0]
 */
export function argmax<S extends Shape, const At extends number | undefined = undefined, Kept extends boolean = false>(
  a: Tensor<S>,
  axis?: AlongOne<S, At>,
  keep?: Keep<Kept>,
): Tensor<Reduce<S, At, Kept>> {
  return place(operations.argmax, a, axis as number | undefined, keep) as Tensor<Reduce<S, At, Kept>>;
}

/**
 * The place of the smallest element, the first of equals; without an axis its place in row-major order.
 *
 * @throws ShapeError when there is nothing along the axis
 * @example String(argmin(tensor([[1, 5], [7, 7]]), 1))   // [0 0]
 */
export function argmin<S extends Shape, const At extends number | undefined = undefined, Kept extends boolean = false>(
  a: Tensor<S>,
  axis?: AlongOne<S, At>,
  keep?: Keep<Kept>,
): Tensor<Reduce<S, At, Kept>> {
  return place(operations.argmin, a, axis as number | undefined, keep) as Tensor<Reduce<S, At, Kept>>;
}

function place<S extends Shape>(
  operation: SearchOperation,
  a: Tensor<S>,
  axis: number | undefined,
  { keepdims = false }: Keep = {},
): Tensor {
  const x = checkTensor(a as unknown as Tensor, operation.name);
  if (axis !== undefined) {
    return apply(operation, [x], { axis: normalizeAxis(axis, x.rank, operation.name), keepdims });
  }
  const found = apply(operation, [x.reshape([-1])], { axis: 0, keepdims: false });
  return found.reshape(keepdims ? x.shape.map(() => 1) : []);
}

/**
 * ln Σ eᵃ, shifted by the largest element so that it cannot overflow. Of nothing it is −Infinity.
 *
 * @param axis  which axes to reduce: one, several, or all when none is named
 * @example String(logSumExp(tensor([1000, 1000])))   // 1000.6932
 */
export function logSumExp<S extends Shape, const At extends Axes = undefined, Kept extends boolean = false>(
  a: Tensor<S>,
  axis?: Along<S, At>,
  { keepdims = false as Kept }: Keep<Kept> = {},
): Tensor<Reduce<S, At, Kept>> {
  const given = checkTensor(a as unknown as Tensor, 'logSumExp');
  const x = isFloating(given.dtype) ? given : given.cast('float32');
  const axes = normalizeAxes(axis as Axes, x.rank, 'logSumExp');
  const keep = { keepdims: keepdims as boolean };
  // Nothing has no largest element; ln 0 is its logarithm.
  if (x.size === 0) return x.sum(axes, keep).log() as Tensor<Reduce<S, At, Kept>>;
  const largest = x.max(axes, { keepdims: true }).detach();
  // An infinite maximum cannot be subtracted from itself.
  const shift = largest.abs().notEqual(Infinity).where(largest, 0);
  const sums = x.sub(shift).exp().sum(axes, keep);
  return sums.log().add(shift.reshape(reducedShape(x.shape, axes, keepdims))) as Tensor<Reduce<S, At, Kept>>;
}

/**
 * Each label as a row with a single 1: labels of shape [N] give [N, classes].
 *
 * @throws DTypeError when the labels are not int32
 * @throws ShapeError when a label is not in 0 … classes − 1
 * @example String(oneHot(tensor([2, 0], { dtype: 'int32' }), 3))   // [[0. 0. 1.]\n [1. 0. 0.]]
 */
export function oneHot<S extends Shape, const N extends number>(
  labels: Tensor<S>,
  classes: N,
  { dtype = 'float32' }: { readonly dtype?: DType } = {},
): Tensor<[...S, N]> {
  checkLabels(labels, classes, 'oneHot');
  const column: Tensor = labels.expandDims(-1);
  return column.equal(arange(classes)).cast(dtype) as Tensor as Tensor<[...S, N]>;
}

/**
 * Refuses labels that name no class, with the row of the first. While a function is traced the numbers are not known
 * yet: then the dtype alone is checked.
 *
 * @throws DTypeError when the labels are not int32
 * @throws ShapeError when a label is not in 0 … classes − 1
 */
export function checkLabels(labels: Tensor, classes: number, caller: string): void {
  checkShape([classes], caller);
  checkIs(checkTensor(labels, caller).dtype, 'int32', `${caller}: labels`);
  if (labels.symbolic) return;
  const row = labels.data.findIndex((label) => label < 0 || label >= classes);
  if (row >= 0) {
    throw new ShapeError(
      `${caller}: row ${row} has label ${labels.data[row]}, but ${classes} classes are numbered 0 … ${classes - 1}. ` +
        `Number them from 0, or give the model more outputs.`,
    );
  }
}
