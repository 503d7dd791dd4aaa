import { checkNumber, checkOptions, type Tensor, where } from '@nn/tensor';
import { checkOneShape } from './one-shape.ts';
import { checkNotNegative } from './option.ts';
import { checkEither } from './probabilities.ts';
import { type LossOptions, lossOptions, reduced } from './reduction.ts';
import { softplus } from './softplus.ts';

export interface SigmoidFocalCrossentropyOptions extends LossOptions {
  /** How strongly what is already right is left aside; 2 unless given, and 0 gives `sigmoidCrossentropy`. */
  readonly gamma?: number;
  /** A yes counts by this, a no by 1 − this, 0 … 1; both by 1 unless given. (torchvision: 0.25) */
  readonly alpha?: number | undefined;
}

/**
 * The focal loss of logits of yes-or-no questions: cross-entropy in which easy answers hardly count.
 *
 *   loss = mean of −α · (1 − p)^γ · ln p,  p the probability of the right answer: sigmoid(logit) for yes, 1 − that for no
 *
 * The mean is over all elements. (1 − p)^γ is computed from the logit, so that it neither overflows nor loses digits.
 *
 * @param logits   outputs before sigmoid, any shape
 * @param targets  1 for yes, 0 for no, of the same shape
 * @returns        scalar, shape [], in nats; with `reduction: 'none'` of the shape of the logits
 * @throws ShapeError when the shapes differ, even where they would broadcast
 * @throws RangeError when a target is neither 0 nor 1, or an option is out of range
 * @throws TypeError when an option is unknown
 * @example String(sigmoidFocalCrossentropy(tensor([0, 2]), tensor([1, 1]), { reduction: 'none' }))   // [0.1732868  0.00180356]
 * @see Lin, Goyal, Girshick, He, Dollár, Focal Loss for Dense Object Detection (2017)
 */
export function sigmoidFocalCrossentropy(
  logits: Tensor,
  targets: Tensor,
  options: SigmoidFocalCrossentropyOptions = {},
): Tensor {
  const caller = 'sigmoidFocalCrossentropy';
  const { gamma = 2, alpha } = checkOptions(caller, options, [...lossOptions, 'gamma', 'alpha']);
  checkNotNegative(caller, 'gamma', gamma, 'Leave it out for 2.');
  if (alpha !== undefined) {
    const fits = alpha >= 0 && alpha <= 1;
    checkNumber(caller, 'alpha', alpha, fits, 'a number from 0 to 1', 'Leave it out to count both alike.');
  }
  checkOneShape(logits, targets, caller);
  checkEither(targets, [0, 1], 'Use sigmoidCrossentropy for targets between.', caller);
  const yes = targets.equal(1);
  const right = where(yes, logits, logits.neg());
  // ln p = −softplus(−x) and ln(1 − p) = −softplus(x) for the logit x of the right answer.
  const surprise = softplus(right.neg());
  const losses = gamma === 0 ? surprise : softplus(right).mul(-gamma).exp().mul(surprise);
  const weighted = alpha === undefined ? losses : yes.where(losses.mul(alpha), losses.mul(1 - alpha));
  return reduced(weighted, options, caller);
}
