import { checkOptions, type Tensor, where } from '@nn/tensor';
import { checkOneShape } from './one-shape.ts';
import { checkBinaryTargets } from './probabilities.ts';
import { checkBroadcasts, type LossOptions, lossOptions, reduced, scaled } from './reduction.ts';

export interface SigmoidCrossentropyOptions extends LossOptions {
  /** How much a yes counts compared with a no; above 1 fewer are missed. One number, or one for each output. */
  readonly positiveWeight?: Tensor | number;
}

/**
 * Binary cross-entropy of logits: how surprised their sigmoid is by the answers.
 *
 *   loss = mean of −(w · target · ln sigmoid(x) + (1 − target) · ln(1 − sigmoid(x)))
 *        = mean of max(x, 0) − x · target + ln(1 + e^−|x|)                                for w = 1
 *
 * The mean is over all elements. Takes logits, not probabilities: in the second form nothing overflows, and small losses
 * keep all their digits.
 *
 * @param logits   outputs before sigmoid, any shape
 * @param targets  1 for yes, 0 for no, or between; of the same shape
 * @returns        scalar, shape [], in nats; with `reduction: 'none'` of the shape of the logits
 * @throws ShapeError when the shapes differ, even where they would broadcast
 * @throws RangeError when a target is not between 0 and 1
 * @throws TypeError when an option is unknown
 * @example String(sigmoidCrossentropy(tensor([2, -1000]), tensor([1, 0])))   // 0.06346401
 * @see Goodfellow, Bengio, Courville, Deep Learning (2016), §6.2.2.2
 */
export function sigmoidCrossentropy(logits: Tensor, targets: Tensor, options: SigmoidCrossentropyOptions = {}): Tensor {
  const caller = 'sigmoidCrossentropy';
  const { positiveWeight = 1 } = checkOptions(caller, options, [...lossOptions, 'positiveWeight']);
  checkOneShape(logits, targets, caller);
  checkBinaryTargets(targets, caller);
  if (typeof positiveWeight === 'object') checkBroadcasts('positiveWeight', positiveWeight, logits, caller);
  const yes = positiveWeight === 1 ? targets : targets.mul(positiveWeight);
  const no = targets.neg().add(1);
  const negative = logits.less(0);
  // −|x|, written so that its gradient at 0 is that of one side: then the gradients of the two terms add up to the right one.
  const rest = where(negative, logits, logits.neg()).exp().log1p();
  const linear = scaled(logits, where(negative, yes.neg(), no));
  const losses = linear.add(positiveWeight === 1 ? rest : rest.mul(yes.add(no)));
  return reduced(losses, options, caller);
}
