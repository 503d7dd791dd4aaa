import { clip, type Tensor, where } from '@nn/tensor';
import { checkOneShape } from './one-shape.ts';
import { type LossOptions, reduced, weighed } from './reduction.ts';

export interface BinaryCrossentropyOptions extends LossOptions {
  /** How much each element counts; spread over the elements where it has fewer. */
  readonly weight?: Tensor;
}

/** What −ln 0 counts as, and every surprise beyond it. */
const highest = 100;

/**
 * Binary cross-entropy: how surprised the predicted probabilities of a yes are by the answers.
 *
 *   loss = mean of −(target · ln p + (1 − target) · ln(1 − p))
 *
 * The mean is over all elements. Neither logarithm counts as less than −100, as in PyTorch (Keras and the notebook's book
 * clip p at 10⁻⁷ instead, where the loss is 16); there the slope is 0. A p outside 0 … 1 gives NaN. A model that is
 * trained learns better from `sigmoidCrossentropy`, which takes its scores and has a slope everywhere.
 *
 * @param probabilities  as from sigmoid, any shape
 * @param targets        1 for yes, 0 for no, or between; of the same shape
 * @returns              scalar, shape [], in nats; with `reduction: 'none'` of the shape of the probabilities
 * @throws ShapeError when the shapes differ, even where they would broadcast
 * @example String(binaryCrossentropy(tensor([0.9, 0.2]), tensor([1, 0])))   // 0.16425204
 * @see Goodfellow, Bengio, Courville, Deep Learning (2016), §6.2.2.2
 */
export function binaryCrossentropy(
  probabilities: Tensor,
  targets: Tensor,
  { reduction = 'mean', weight }: BinaryCrossentropyOptions = {},
): Tensor {
  const asked = 'binaryCrossentropy';
  checkOneShape(probabilities, targets, asked);
  const p = probabilities;
  const never = p.equal(0);
  const surely = p.equal(1);
  // The logarithm is taken of something else where it is infinite, so that no infinite slope is ever multiplied by 0.
  const yes = where(never, highest, clip(where(never, 1, p).log().neg(), -Infinity, highest));
  const no = where(surely, highest, where(surely, 0, p).neg().log1p().neg());
  const losses = targets.mul(yes).add(targets.neg().add(1).mul(no));
  return reduced(weighed(losses, weight, asked), reduction, asked);
}
