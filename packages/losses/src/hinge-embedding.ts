import { checkNumber, checkOptions, type Tensor, where } from '@nn/tensor';
import { checkOneShape } from './one-shape.ts';
import { checkSigns } from './probabilities.ts';
import { type LossOptions, lossOptions, reduced } from './reduction.ts';

export interface HingeEmbeddingOptions extends LossOptions {
  /** How far apart dissimilar pairs should be; 1 unless given. */
  readonly margin?: number;
}

/**
 * The hinge loss of distances: similar pairs should be near each other, dissimilar ones at least a margin apart.
 *
 *   loss = mean of  distance                      where target = 1, similar
 *                   max(0, margin − distance)     where target = −1, dissimilar
 *
 * The mean is over all elements. `contrastive` takes the pairs themselves and squares the distances.
 *
 * @param distances  any shape
 * @param target     1 for similar, −1 for dissimilar, of the same shape
 * @returns          scalar, shape []; with `reduction: 'none'` of the shape of the distances
 * @throws ShapeError when the shapes differ, even where they would broadcast
 * @throws RangeError when a target is neither −1 nor 1
 * @throws TypeError when an option is unknown
 * @example String(hingeEmbedding(tensor([0.5, 0.5]), tensor([1, -1]), { margin: 2, reduction: 'none' }))   // [0.5 1.5]
 */
export function hingeEmbedding(distances: Tensor, target: Tensor, options: HingeEmbeddingOptions = {}): Tensor {
  const caller = 'hingeEmbedding';
  const { margin = 1 } = checkOptions(caller, options, [...lossOptions, 'margin']);
  checkNumber(caller, 'margin', margin, Number.isFinite(margin), 'a finite number', 'Leave it out for 1.');
  checkOneShape(distances, target, caller);
  checkSigns(target, caller);
  return reduced(where(target.equal(1), distances, distances.neg().add(margin).maximum(0)), options, caller);
}
