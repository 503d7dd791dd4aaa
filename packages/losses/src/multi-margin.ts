import { checkLabels, checkLike, checkNumber, checkOptions, oneHot, type Tensor } from '@nn/tensor';
import { atLabels, checkClassIndices } from './class-labels.ts';
import { checkPositive } from './option.ts';
import { type LossOptions, lossOptions, reduced } from './reduction.ts';

export interface MultiMarginOptions extends LossOptions {
  /** By how much the right class should be ahead of each other; 1 unless given. */
  readonly margin?: number;
  /** 1 for the margins missed, 2 for their squares; 1 unless given. */
  readonly p?: 1 | 2;
  /** How much each class counts, shape [classes]; 1 unless given. The mean is divided by the rows all the same. */
  readonly classWeight?: Tensor;
}

/**
 * The hinge loss of classes: the right class should be ahead of each other class by a margin.
 *
 *   loss = 1/N · Σₙ 1/C · Σ_(c ≠ labelₙ) max(0, margin − predictionₙ[labelₙ] + predictionₙ[c])ᵖ
 *
 * C is the number of classes.
 *
 * @param prediction  a number for each class, shape [N, classes], or [..., classes]
 * @param labels      the right class of each row, int32 0 … classes − 1, shape [N]
 * @returns           scalar, shape []; with `reduction: 'none'` one loss for each row
 * @throws ShapeError when the labels are of another shape, or a class index is out of range
 * @throws RangeError when the margin is not positive, or p is neither 1 nor 2
 * @throws DTypeError when the labels are not int32
 * @throws TypeError when an option is unknown
 * @example String(multiMargin(tensor([[1, 2, 0.5, -1]]), tensor([0], { dtype: 'int32' })))   // 0.625
 * @see Crammer, Singer, On the Algorithmic Implementation of Multiclass Kernel-based Vector Machines (2001)
 */
export function multiMargin(prediction: Tensor, labels: Tensor, options: MultiMarginOptions = {}): Tensor {
  const caller = 'multiMargin';
  const known = [...lossOptions, 'margin', 'p', 'classWeight'];
  const { margin = 1, p = 1, classWeight } = checkOptions(caller, options, known);
  checkPositive(caller, 'margin', margin, 'Leave it out for 1.');
  checkNumber(caller, 'p', p, p === 1 || p === 2, '1 or 2', 'Leave it out for 1.');
  checkClassIndices(prediction, labels, caller);
  const classes = prediction.shape.at(-1)!;
  if (classWeight) checkLike(classWeight, { shape: [classes], dtype: classWeight.dtype }, `${caller}: classWeight`);
  checkLabels(labels, classes, caller);
  const right = atLabels(prediction, labels).expandDims(-1);
  const missed = prediction.sub(right).add(margin).maximum(0);
  const terms = oneHot(labels, classes, { dtype: 'bool' }).where(0, p === 2 ? missed.mul(missed) : missed);
  const losses = terms.mean(-1);
  return reduced(classWeight ? losses.mul(classWeight.take(labels, 0)) : losses, options, caller);
}
