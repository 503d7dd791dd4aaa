import { checkLike, checkOptions, type Tensor } from '@nn/tensor';
import { checkOneShape, checkRows } from './one-shape.ts';
import { checkBinaryTargets } from './probabilities.ts';
import { type LossOptions, lossOptions, reduced, scaled } from './reduction.ts';
import { softplus } from './softplus.ts';

export interface MultiLabelSoftMarginOptions extends LossOptions {
  /** How much each class counts, shape [classes]; 1 unless given. */
  readonly classWeight?: Tensor;
}

/**
 * Binary cross-entropy of rows with several right classes: the mean over the classes, one loss for each row.
 *
 *   loss = −1/N · Σₙ 1/C · Σ_c target · ln sigmoid(x) + (1 − target) · ln(1 − sigmoid(x)),  x = logitsₙ[c]
 *
 * C is the number of classes. `sigmoidCrossentropy` gives a loss for each class instead.
 *
 * @param logits   outputs before sigmoid, shape [N, classes], or [..., classes]
 * @param targets  1 for each right class, 0 for the others, or between; of the same shape
 * @returns        scalar, shape [], in nats; with `reduction: 'none'` one loss for each row
 * @throws ShapeError when the shapes differ, even where they would broadcast
 * @throws RangeError when a target is not between 0 and 1
 * @throws TypeError when an option is unknown
 * @example String(multiLabelSoftMargin(tensor([[2, -1000]]), tensor([[1, 0]])))   // 0.06346401
 */
export function multiLabelSoftMargin(
  logits: Tensor,
  targets: Tensor,
  options: MultiLabelSoftMarginOptions = {},
): Tensor {
  const caller = 'multiLabelSoftMargin';
  const { classWeight } = checkOptions(caller, options, [...lossOptions, 'classWeight']);
  checkOneShape(logits, targets, caller);
  checkRows(logits, caller);
  const classes = logits.shape.at(-1)!;
  if (classWeight) checkLike(classWeight, { shape: [classes], dtype: classWeight.dtype }, `${caller}: classWeight`);
  checkBinaryTargets(targets, caller);
  const terms = scaled(softplus(logits.neg()), targets).add(scaled(softplus(logits), targets.neg().add(1)));
  return reduced((classWeight ? terms.mul(classWeight) : terms).mean(-1), options, caller);
}
