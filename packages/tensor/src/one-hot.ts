import { arange } from './creation.ts';
import { checkIs, type DType } from './dtype.ts';
import { ShapeError } from './error.ts';
import { checkShape, type Shape } from './shape.ts';
import { owned, type Tensor } from './tensor.ts';

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
export function checkLabels(labels: Tensor, classes: number, asked: string): void {
  checkShape([classes], asked);
  checkIs(owned(labels, asked).dtype, 'int32', `${asked}: labels`);
  if (labels.symbolic) return;
  const row = labels.data.findIndex((label) => label < 0 || label >= classes);
  if (row >= 0) {
    throw new ShapeError(
      `${asked}: row ${row} has label ${labels.data[row]}, but ${classes} classes are numbered 0 … ${classes - 1}. ` +
        `Number them from 0, or give the model more outputs.`,
    );
  }
}
