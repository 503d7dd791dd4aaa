import { checkOptions, type Tensor } from '@nn/tensor';
import { masks } from './masks.ts';
import { checkNotNegative } from './option.ts';
import { type LossOptions, lossOptions, reduced } from './reduction.ts';

export interface DiceOptions extends LossOptions {
  /** Is added above and below, so that a sample without a yes has a loss; 1 unless given. */
  readonly smooth?: number;
  /** Whether to square the probabilities and targets below; false unless given. */
  readonly squared?: boolean;
}

/**
 * The Dice loss of masks: 1 minus twice the overlap of prediction and target, divided by their sizes.
 *
 *   loss = 1/N · Σₙ 1 − (2 · Σ p · t + s) / (Σ p + Σ t + s),  p = probabilitiesₙ, t = targetsₙ
 *
 * The sums are over all elements of a sample; with `squared` those below are of p² and t². What most elements are does not
 * outweigh what few are, as it would in cross-entropy.
 *
 * @param probabilities  as from sigmoid, shape [N, ...]
 * @param targets        1 for yes, 0 for no, or between; of the same shape
 * @returns              scalar, shape []; with `reduction: 'none'` one loss for each sample
 * @throws ShapeError when the shapes differ, even where they would broadcast, or have a single axis
 * @throws RangeError when a probability or a target is not between 0 and 1, or smooth is negative
 * @throws TypeError when an option is unknown
 * @example String(dice(tensor([[1, 0.5, 0, 0]]), tensor([[1, 1, 0, 0]])))   // 0.111111104
 * @see Milletari, Navab, Ahmadi, V-Net: Fully Convolutional Neural Networks for Volumetric Medical Image Segmentation (2016)
 */
export function dice(probabilities: Tensor, targets: Tensor, options: DiceOptions = {}): Tensor {
  const caller = 'dice';
  const { smooth = 1, squared = false } = checkOptions(caller, options, [...lossOptions, 'smooth', 'squared']);
  checkNotNegative(caller, 'smooth', smooth, 'Leave it out for 1.');
  const { p, t } = masks(probabilities, targets, caller);
  const size = (x: Tensor): Tensor => (squared ? x.mul(x) : x).sum(1);
  const overlap = p
    .mul(t)
    .sum(1)
    .mul(2)
    .add(smooth)
    .div(size(p).add(size(t)).add(smooth));
  return reduced(overlap.neg().add(1), options, caller);
}
