import { checkNumber, checkOptions, type Tensor, where } from '@nn/tensor';
import { checkOneShape, checkRowTargets } from './one-shape.ts';
import { checkSigns } from './probabilities.ts';
import { type LossOptions, lossOptions, reduced } from './reduction.ts';

export interface CosineEmbeddingOptions extends LossOptions {
  /** A cosine of a dissimilar pair up to this costs nothing, −1 … 1; 0 unless given. */
  readonly margin?: number;
}

/** Is added to the squared lengths, so that a row of zeros has a cosine; as in PyTorch. */
const epsilon = 1e-12;

/**
 * The cosine embedding loss: similar rows should point the same way, dissimilar ones apart.
 *
 *   loss = 1/N · Σₙ  1 − cos(firstₙ, secondₙ)                    where targetₙ = 1, similar
 *                    max(0, cos(firstₙ, secondₙ) − margin)       where targetₙ = −1, dissimilar
 *
 * @param first   shape [N, features], or [..., features]
 * @param second  of the same shape
 * @param target  1 for similar, −1 for dissimilar, shape [N]
 * @returns       scalar, shape []; with `reduction: 'none'` one loss for each row
 * @throws ShapeError when the shapes do not fit, even where they would broadcast
 * @throws RangeError when a target is neither −1 nor 1, or the margin is not between −1 and 1
 * @throws TypeError when an option is unknown
 * @example String(cosineEmbedding(tensor([[1, 0], [1, 0]]), tensor([[0, 2], [3, 0]]), tensor([1, -1])))   // 1.0
 */
export function cosineEmbedding(
  first: Tensor,
  second: Tensor,
  target: Tensor,
  options: CosineEmbeddingOptions = {},
): Tensor {
  const caller = 'cosineEmbedding';
  const { margin = 0 } = checkOptions(caller, options, [...lossOptions, 'margin']);
  const fits = margin >= -1 && margin <= 1;
  checkNumber(caller, 'margin', margin, fits, 'a number from -1 to 1', 'Leave it out for 0.');
  checkOneShape(first, second, caller, ['first', 'second']);
  checkRowTargets(first, target, caller, 'rows');
  checkSigns(target, caller);
  const squared = (x: Tensor): Tensor => x.mul(x).sum(-1).add(epsilon);
  const cosine = first
    .mul(second)
    .sum(-1)
    .div(squared(first).mul(squared(second)).sqrt());
  return reduced(where(target.equal(1), cosine.neg().add(1), cosine.sub(margin).maximum(0)), options, caller);
}
