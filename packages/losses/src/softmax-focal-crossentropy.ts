import {
  checkClassProbabilities,
  checkLabels,
  checkLike,
  checkOptions,
  logSumExp,
  type Tensor,
  where,
} from '@nn/tensor';
import { atLabels, labelForm } from './class-labels.ts';
import { checkNotNegative } from './option.ts';
import { type LossOptions, lossOptions, reduced, scaled } from './reduction.ts';

export interface SoftmaxFocalCrossentropyOptions extends LossOptions {
  /** How strongly what is already right is left aside; 2 unless given, and 0 gives `softmaxCrossentropy`. */
  readonly gamma?: number;
  /** How much each class counts, shape [classes], α in the paper; 1 unless given. The mean is divided by the rows all the same. */
  readonly classWeight?: Tensor;
}

/**
 * The focal loss of logits of classes: cross-entropy in which rows that are already right hardly count.
 *
 *   loss = −1/N · Σₙ α[labelₙ] · (1 − p)^γ · ln p,  p = softmax(logitsₙ)[labelₙ]            class indices
 *   loss = −1/N · Σₙ Σ_c labelₙ[c] · α[c] · (1 − p_c)^γ · ln p_c                           class probabilities
 *
 * @param logits  outputs before softmax, shape [N, classes], or [..., classes]
 * @param labels  the right class of each row, int32 0 … classes − 1, shape [N], or class probabilities, shape [N, classes]
 * @returns       scalar, shape [], in nats; with `reduction: 'none'` one loss for each row
 * @throws ShapeError when the labels are of another shape, or a class index is out of range
 * @throws RangeError when the class probabilities of a label are negative or do not add up to 1, or gamma is negative
 * @throws DTypeError when class indices are not int32
 * @throws TypeError when an option is unknown
 * @example String(softmaxFocalCrossentropy(tensor([[2, 0], [0, 0]]), tensor([0, 1], { dtype: 'int32' }), { reduction: 'none' }))   // [0.00180357 0.1732868 ]
 * @see Lin, Goyal, Girshick, He, Dollár, Focal Loss for Dense Object Detection (2017)
 */
export function softmaxFocalCrossentropy(
  logits: Tensor,
  labels: Tensor,
  options: SoftmaxFocalCrossentropyOptions = {},
): Tensor {
  const caller = 'softmaxFocalCrossentropy';
  const { gamma = 2, classWeight } = checkOptions(caller, options, [...lossOptions, 'gamma', 'classWeight']);
  checkNotNegative(caller, 'gamma', gamma, 'Leave it out for 2.');
  const form = labelForm(logits, labels, caller);
  const classes = logits.shape.at(-1)!;
  if (classWeight) checkLike(classWeight, { shape: [classes], dtype: classWeight.dtype }, `${caller}: classWeight`);
  if (form === 'indices') checkLabels(labels, classes, caller);
  else checkClassProbabilities(labels, caller);
  const surprise = logSumExp(logits, -1, { keepdims: true }).sub(logits) as Tensor;
  const terms = (each: Tensor): Tensor => {
    if (gamma === 0) return each;
    const rest = each.neg().expm1().neg();
    // Where p is 1 the loss is 0, and so is its gradient.
    const sure = rest.equal(0);
    return where(sure, 0, where(sure, 1, rest).pow(gamma).mul(each));
  };
  if (form === 'indices') {
    const losses = terms(atLabels(surprise, labels));
    return reduced(classWeight ? losses.mul(classWeight.take(labels, 0)) : losses, options, caller);
  }
  const weighted = classWeight ? labels.mul(classWeight) : labels;
  return reduced(scaled(terms(surprise), weighted).sum(-1), options, caller);
}
