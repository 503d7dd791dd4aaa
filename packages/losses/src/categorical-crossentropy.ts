import { checkClassProbabilities, checkLabels, checkOptions, type Tensor } from '@nn/tensor';
import { atLabels, labelForm } from './class-labels.ts';
import { checkProbabilities } from './probabilities.ts';
import { type LossOptions, lossOptions, reduced } from './reduction.ts';

/** Probabilities are clipped this far from 0 and 1, so that the logarithm of a 0 is finite. */
const margin = 1e-7;

/**
 * Categorical cross-entropy: how surprised the predicted probabilities are by the right answers, averaged over the rows.
 *
 *   loss = −1/N · Σₙ ln pₙ[labelₙ]                    class indices
 *   loss = −1/N · Σₙ ln Σ_c labelₙ[c] · pₙ[c]         class probabilities, one-hot or not
 *
 * Probabilities are clipped to 10⁻⁷ … 1 − 10⁻⁷; the gradient is 0 outside. To train a model prefer
 * `softmaxCrossentropy`: it takes logits and needs no clipping.
 *
 * For labels that are not one-hot the sum stands inside the logarithm, as in the notebook. `softmaxCrossentropy` computes
 * the usual −Σ label · ln p.
 *
 * @param probabilities  as from softmax, shape [N, classes], or [..., classes]
 * @param labels         the right class of each row, int32 0 … classes − 1, shape [N], or class probabilities, shape [N, classes]
 * @returns              scalar, shape [], in nats; with `reduction: 'none'` one loss for each row
 * @throws ShapeError when the labels are of another shape, or a class index is out of range
 * @throws RangeError when a probability is not between 0 and 1, or the class probabilities of a label do not add up to 1
 * @throws DTypeError when class indices are not int32
 * @throws TypeError when an option is unknown
 * @example const p = tensor([[0.7, 0.1, 0.2], [0.1, 0.5, 0.4]]);
 * String(categoricalCrossentropy(p, tensor([0, 1], { dtype: 'int32' }), { reduction: 'none' }))   // [0.35667494 0.6931472 ]
 * @see Goodfellow, Bengio, Courville, Deep Learning (2016), §3.13
 */
export function categoricalCrossentropy(probabilities: Tensor, labels: Tensor, options: LossOptions = {}): Tensor {
  const caller = 'categoricalCrossentropy';
  checkOptions(caller, options, lossOptions);
  const byIndex = labelForm(probabilities, labels, caller) === 'indices';
  if (byIndex) checkLabels(labels, probabilities.shape.at(-1)!, caller);
  else checkClassProbabilities(labels, caller);
  checkProbabilities(probabilities, 'For logits use softmaxCrossentropy.', caller);
  const clipped = probabilities.clip(margin, 1 - margin);
  const confidences = byIndex ? atLabels(clipped, labels) : clipped.mul(labels).sum(-1);
  return reduced(confidences.log().neg(), options, caller);
}
