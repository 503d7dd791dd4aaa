import { checkOptions, type Tensor, where } from '@nn/tensor';
import { masks } from './masks.ts';
import { checkNotNegative, checkPositive } from './option.ts';
import { type LossOptions, lossOptions, reduced } from './reduction.ts';

export interface TverskyOptions extends LossOptions {
  /** How much a false yes counts; 0.5 unless given. */
  readonly alpha?: number;
  /** How much a missed yes counts; 0.5 unless given. */
  readonly beta?: number;
  /** Is added above and below, so that a sample without a yes has a loss; 1 unless given. */
  readonly smooth?: number;
  /** The power of the loss of a sample; 1 unless given. Another one makes it the focal Tversky loss. */
  readonly gamma?: number;
}

/**
 * The Tversky loss of masks: as `dice`, but false and missed answers count by weights of their own.
 *
 *   loss = 1/N · Σₙ (1 − (TP + s) / (TP + α · FP + β · FN + s))^γ
 *   TP = Σ p · t,  FP = Σ p · (1 − t),  FN = Σ (1 − p) · t          over all elements of a sample
 *
 * For α = β = ½ it is nearly `dice`, which has twice the `smooth`.
 *
 * @param probabilities  as from sigmoid, shape [N, ...]
 * @param targets        1 for yes, 0 for no, or between; of the same shape
 * @returns              scalar, shape []; with `reduction: 'none'` one loss for each sample
 * @throws ShapeError when the shapes differ, even where they would broadcast, or have a single axis
 * @throws RangeError when a probability or a target is not between 0 and 1, or an option is out of range
 * @throws TypeError when an option is unknown
 * @example String(tversky(tensor([[1, 0.5, 0, 0]]), tensor([[1, 1, 0, 0]]), { beta: 0.75 }))   // 0.13043478
 * @see Salehi, Erdogmus, Gholipour, Tversky Loss Function for Image Segmentation Using 3D Fully Convolutional Deep Networks (2017)
 */
export function tversky(probabilities: Tensor, targets: Tensor, options: TverskyOptions = {}): Tensor {
  const caller = 'tversky';
  const known = [...lossOptions, 'alpha', 'beta', 'smooth', 'gamma'];
  const { alpha = 0.5, beta = 0.5, smooth = 1, gamma = 1 } = checkOptions(caller, options, known);
  checkNotNegative(caller, 'alpha', alpha, 'Leave it out for 0.5.');
  checkNotNegative(caller, 'beta', beta, 'Leave it out for 0.5.');
  checkNotNegative(caller, 'smooth', smooth, 'Leave it out for 1.');
  checkPositive(caller, 'gamma', gamma, 'Leave it out for 1.');
  const { p, t } = masks(probabilities, targets, caller);
  const hit = p.mul(t).sum(1);
  const wrong = p.sum(1).sub(hit).mul(alpha).add(t.sum(1).sub(hit).mul(beta));
  // 1 − (TP + s) / (TP + wrong + s), without the difference of two numbers near 1.
  const losses = wrong.div(hit.add(wrong).add(smooth));
  if (gamma === 1) return reduced(losses, options, caller);
  // A power below 1 has no gradient at 0.
  const none = losses.equal(0);
  return reduced(where(none, 0, where(none, 1, losses).pow(gamma)), options, caller);
}
