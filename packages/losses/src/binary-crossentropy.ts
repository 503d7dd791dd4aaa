import { checkOptions, type Tensor, where } from '@nn/tensor';
import { checkOneShape } from './one-shape.ts';
import { checkBinaryTargets, checkProbabilities } from './probabilities.ts';
import { type LossOptions, lossOptions, reduced } from './reduction.ts';

/** The largest value of −ln p and −ln(1 − p). */
const highest = 100;

/**
 * Binary cross-entropy: how surprised the predicted probabilities of a yes are by the answers.
 *
 *   loss = mean of −(target · ln p + (1 − target) · ln(1 − p))
 *
 * The mean is over all elements. Logarithms below −100 count as −100, as in PyTorch; the gradient is 0 there. (Keras
 * clips p at 10⁻⁷ instead, where the loss is 16.) To train a model prefer `sigmoidCrossentropy`: it takes logits and has
 * a gradient everywhere.
 *
 * @param probabilities  as from sigmoid, any shape
 * @param targets        1 for yes, 0 for no, or between; of the same shape
 * @returns              scalar, shape [], in nats; with `reduction: 'none'` of the shape of the probabilities
 * @throws ShapeError when the shapes differ, even where they would broadcast
 * @throws RangeError when a probability or a target is not between 0 and 1
 * @throws TypeError when an option is unknown
 * @example String(binaryCrossentropy(tensor([0.9, 0.2]), tensor([1, 0])))   // 0.16425204
 * @see Goodfellow, Bengio, Courville, Deep Learning (2016), §6.2.2.2
 */
export function binaryCrossentropy(probabilities: Tensor, targets: Tensor, options: LossOptions = {}): Tensor {
  const caller = 'binaryCrossentropy';
  checkOptions(caller, options, lossOptions);
  checkOneShape(probabilities, targets, caller);
  checkProbabilities(probabilities, 'For logits use sigmoidCrossentropy.', caller);
  checkBinaryTargets(targets, caller);
  const p = probabilities;
  const never = p.equal(0);
  // A probability may be rounded to a little above 1.
  const surely = p.greaterEqual(1);
  // Where a logarithm is infinite it is taken of another number, so that no infinite gradient is multiplied by 0.
  const yes = where(never, highest, where(never, 1, p).log().neg().clip(-Infinity, highest));
  const no = where(surely, highest, where(surely, 0, p).neg().log1p().neg());
  const losses = targets.mul(yes).add(targets.neg().add(1).mul(no));
  return reduced(losses, options, caller);
}
