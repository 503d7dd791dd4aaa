import { checkLabels, clip, type Tensor } from '@nn/tensor';
import { atLabels, labelForm } from './class-labels.ts';
import { type LossOptions, reduced } from './reduction.ts';

/** Probabilities are held this far from 0 and 1, so that the logarithm of a 0 is finite. */
const margin = 1e-7;

/**
 * Categorical cross-entropy: how surprised the predicted probabilities are by the right answers, averaged over the rows.
 *
 *   loss = −1/N · Σₙ ln pₙ[labelₙ]                    class indices
 *   loss = −1/N · Σₙ ln Σ_c labelₙ[c] · pₙ[c]         one-hot labels
 *
 * Probabilities are clipped to 10⁻⁷ … 1 − 10⁻⁷; outside, the slope is 0. A model that is trained learns better from
 * `softmaxCrossentropy`, which takes its scores and needs no clipping.
 *
 * For shares that are not one-hot the sum stands inside the logarithm, as the notebook has it: the chance of meeting a
 * class that the shares allow. The usual −Σ label · ln p is what `softmaxCrossentropy` gives.
 *
 * @param probabilities  as from softmax, shape [N, classes], or [..., classes]
 * @param labels         the right class of each row, int32 0 … classes − 1, shape [N], or one-hot, shape [N, classes]
 * @returns              scalar, shape [], in nats; with `reduction: 'none'` one loss for each row
 * @throws ShapeError when the labels are of another shape, or name a class that there is not
 * @throws DTypeError when class indices are not int32
 * @example const p = tensor([[0.7, 0.1, 0.2], [0.1, 0.5, 0.4]]);
 * String(categoricalCrossentropy(p, tensor([0, 1], { dtype: 'int32' }), { reduction: 'none' }))   // [0.35667494 0.6931472 ]
 * @see Goodfellow, Bengio, Courville, Deep Learning (2016), §3.13
 */
export function categoricalCrossentropy(
  probabilities: Tensor,
  labels: Tensor,
  { reduction = 'mean' }: LossOptions = {},
): Tensor {
  const asked = 'categoricalCrossentropy';
  const byNumber = labelForm(probabilities, labels, asked) === 'numbers';
  if (byNumber) checkLabels(labels, probabilities.shape.at(-1)!, asked);
  const clipped = clip(probabilities, margin, 1 - margin);
  const confidences = byNumber ? atLabels(clipped, labels) : clipped.mul(labels).sum(-1);
  return reduced(confidences.log().neg(), reduction, asked);
}
