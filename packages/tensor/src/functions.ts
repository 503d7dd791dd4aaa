import { checkValues } from './checks.ts';
import { arange } from './creation.ts';
import { checkIs, type DType, isFloating } from './dtype.ts';
import { ShapeError } from './errors.ts';
import type { ReductionOptions } from './methods/reduction.ts';
import { erf as erfOperation } from './operations/elementwise.ts';
import { checkOptions } from './options.ts';
import { checkShape, normalizeAxes, reducedShape, type Shape } from './shape.ts';
import { apply, checkTensor, type Tensor } from './tensor.ts';
import type { Along, Axes, Reduce } from './types/axes.ts';

/**
 * The error function, elementwise.
 *
 *   erf a = 2/√π · ∫₀ᵃ e^(−t²) dt
 *
 * @param a  float32 and float64 keep their dtype; int32 and bool become float32
 * @returns  a tensor of the shape of a
 * @example String(erf(tensor([0, 1])))   // [0.        0.8427008]
 */
export function erf<S extends Shape>(a: Tensor<S>): Tensor<S> {
  return apply(erfOperation, [a as unknown as Tensor], undefined) as unknown as Tensor<S>;
}

/**
 * ln Σ eᵃ, computed as m + ln Σ eᵃ⁻ᵐ with m = max a, so that it cannot overflow. Of no elements it is −Infinity.
 *
 * @param axis  the axes to reduce: one, several, or all when there is none
 * @example String(logSumExp(tensor([1000, 1000])))   // 1000.6932
 */
export function logSumExp<S extends Shape, const At extends Axes = undefined, Kept extends boolean = false>(
  a: Tensor<S>,
  axis?: Along<S, At>,
  options: ReductionOptions<Kept> = {},
): Tensor<Reduce<S, At, Kept>> {
  const { keepdims = false as Kept } = checkOptions('logSumExp', options, ['keepdims']);
  const given = checkTensor(a as unknown as Tensor, 'logSumExp');
  const x = isFloating(given.dtype) ? given : given.cast('float32');
  const axes = normalizeAxes(axis as Axes, x.rank, 'logSumExp');
  const keep = { keepdims: keepdims as boolean };
  // max refuses an empty axis. The sum of no elements is 0, and ln 0 is −∞.
  if (x.size === 0) return x.sum(axes, keep).log() as Tensor<Reduce<S, At, Kept>>;
  const largest = x.max(axes, { keepdims: true }).detach();
  // ∞ − ∞ is NaN: an infinite maximum is not subtracted.
  const shift = largest.abs().notEqual(Infinity).where(largest, 0);
  const sums = x.sub(shift).exp().sum(axes, keep);
  return sums.log().add(shift.reshape(reducedShape(x.shape, axes, keepdims))) as Tensor<Reduce<S, At, Kept>>;
}

/**
 * Each label as a row with a single 1, one-hot: labels of shape [N] give [N, classes].
 *
 * @throws DTypeError when the labels are not int32
 * @throws ShapeError when a label is not in 0 … classes − 1
 * @example String(oneHot(tensor([2, 0], { dtype: 'int32' }), 3))   // [[0. 0. 1.]\n [1. 0. 0.]]
 */
export function oneHot<S extends Shape, const N extends number>(
  labels: Tensor<S>,
  classes: N,
  options: { readonly dtype?: DType } = {},
): Tensor<[...S, N]> {
  const { dtype = 'float32' } = checkOptions('oneHot', options, ['dtype']);
  checkLabels(labels, classes, 'oneHot');
  const column: Tensor = labels.expandDims(-1);
  return column.equal(arange(classes)).cast(dtype) as Tensor as Tensor<[...S, N]>;
}

/**
 * Refuses labels that are not class indices and names the first wrong row: at once, or when a compiled function runs.
 *
 * @throws DTypeError when the labels are not int32
 * @throws ShapeError when a label is not in 0 … classes − 1
 */
export function checkLabels(labels: Tensor, classes: number, caller: string): void {
  checkShape([classes], caller);
  checkIs(checkTensor(labels, caller).dtype, 'int32', `${caller}: labels`);
  const fits = labels.greaterEqual(0).logicalAnd(labels.less(classes));
  checkValues(
    caller,
    fits,
    [labels],
    (row, [given]) =>
      new ShapeError(
        `${caller}: row ${row} has label ${given!.data[row]}, but ${classes} classes are numbered 0 … ${classes - 1}. ` +
          `Number them from 0, or give the model more outputs.`,
      ),
  );
}

/**
 * Refuses rows of class probabilities with a negative number or NaN, or with a sum further than 1e-3 from 1: at once, or
 * when a compiled function runs.
 *
 * @param labels  class probabilities, one-hot or not, shape [..., classes]
 * @throws RangeError with the first row that is wrong
 */
export function checkClassProbabilities(labels: Tensor, caller: string): void {
  const sumFits = labels.sum(-1).sub(1).abs().lessEqual(1e-3);
  checkValues(caller, labels.min(-1).greaterEqual(0).logicalAnd(sumFits), [labels], (row, [given]) => {
    const classes = given!.shape.at(-1)!;
    const numbers = [...given!.data.subarray(row * classes, (row + 1) * classes)];
    const least = numbers.reduce((a, b) => Math.min(a, b), Infinity);
    const wrong = least >= 0 ? `a sum of ${numbers.reduce((a, b) => a + b, 0)}` : `${least}`;
    return new RangeError(
      `${caller}: the class probabilities of each label must be at least 0 and add up to 1, got ${wrong} in row ` +
        `${row}. Divide each row by its sum, or give class indices.`,
    );
  });
}
