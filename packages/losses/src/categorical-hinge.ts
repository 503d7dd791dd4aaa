import { checkClassProbabilities, checkLabels, checkOptions, oneHot, type Tensor } from '@nn/tensor';
import { labelForm } from './class-labels.ts';
import { type LossOptions, lossOptions, reduced } from './reduction.ts';

/**
 * The hinge loss of classes, as in Keras: 0 once the right class is ahead of every other by at least 1.
 *
 *   loss = 1/N · Σₙ max(0, 1 + max_c (1 − labelₙ[c]) · predictionₙ[c] − Σ_c labelₙ[c] · predictionₙ[c])
 *
 * The inner maximum takes the right class for 0, so that a row of negative numbers costs at least 1.
 * `multiMargin` compares the right class with each other class instead.
 *
 * @param prediction  a number for each class, shape [N, classes], or [..., classes]
 * @param labels      class indices, int32 0 … classes − 1, shape [N], or class probabilities, shape [N, classes]
 * @returns           scalar, shape []; with `reduction: 'none'` one loss for each row
 * @throws ShapeError when the labels are of another shape, or a class index is out of range
 * @throws RangeError when the class probabilities of a label are negative or do not add up to 1
 * @throws DTypeError when class indices are not int32
 * @throws TypeError when an option is unknown
 * @example String(categoricalHinge(tensor([[2, 0.5], [1, 3]]), tensor([0, 0], { dtype: 'int32' })))   // 1.5
 */
export function categoricalHinge(prediction: Tensor, labels: Tensor, options: LossOptions = {}): Tensor {
  const caller = 'categoricalHinge';
  checkOptions(caller, options, lossOptions);
  const target = classProbabilities(prediction, labels, caller);
  const right = target.mul(prediction).sum(-1);
  const other = target.neg().add(1).mul(prediction).max(-1);
  return reduced(other.sub(right).add(1).maximum(0), options, caller);
}

/** Labels of either form as class probabilities, of the shape and dtype of the prediction. */
function classProbabilities(prediction: Tensor, labels: Tensor, caller: string): Tensor {
  const { dtype } = prediction;
  if (labelForm(prediction, labels, caller) === 'indices') {
    checkLabels(labels, prediction.shape.at(-1)!, caller);
    return oneHot(labels, prediction.shape.at(-1)!, { dtype });
  }
  checkClassProbabilities(labels, caller);
  return labels.cast(dtype);
}
