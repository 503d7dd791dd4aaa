import { checkOptions, type Tensor, where } from '@nn/tensor';
import { norm } from './norm.ts';
import { checkOneShape, checkRowTargets } from './one-shape.ts';
import { checkPositive } from './option.ts';
import { checkEither } from './probabilities.ts';
import { type LossOptions, lossOptions, reduced } from './reduction.ts';

export interface ContrastiveOptions extends LossOptions {
  /** How far apart dissimilar rows should be; 1 unless given. */
  readonly margin?: number;
}

/**
 * The contrastive loss: similar rows should be near each other, dissimilar ones at least a margin apart.
 *
 *   loss = 1/N · Σₙ  Dₙ² / 2                       where targetₙ = 0, similar,  Dₙ = ‖firstₙ − secondₙ‖
 *                    max(0, margin − Dₙ)² / 2      where targetₙ = 1, dissimilar
 *
 * As in the paper 1 means dissimilar; `hingeEmbedding` and `cosineEmbedding` say −1.
 *
 * @param first   shape [N, features], or [..., features]
 * @param second  of the same shape
 * @param target  0 for similar, 1 for dissimilar, shape [N]
 * @returns       scalar, shape []; with `reduction: 'none'` one loss for each row
 * @throws ShapeError when the shapes do not fit, even where they would broadcast
 * @throws RangeError when a target is neither 0 nor 1, or the margin is not positive
 * @throws TypeError when an option is unknown
 * @example String(contrastive(tensor([[0, 0], [0, 0]]), tensor([[3, 4], [3, 4]]), tensor([0, 1]), { margin: 6 }))   // 6.5
 * @see Hadsell, Chopra, LeCun, Dimensionality Reduction by Learning an Invariant Mapping (2006)
 */
export function contrastive(first: Tensor, second: Tensor, target: Tensor, options: ContrastiveOptions = {}): Tensor {
  const caller = 'contrastive';
  const { margin = 1 } = checkOptions(caller, options, [...lossOptions, 'margin']);
  checkPositive(caller, 'margin', margin, 'Leave it out for 1.');
  checkOneShape(first, second, caller, ['first', 'second']);
  checkRowTargets(first, target, caller, 'rows');
  checkEither(target, [0, 1], '0 means similar, 1 dissimilar.', caller);
  const difference = first.sub(second);
  const missing = norm(difference).neg().add(margin).maximum(0);
  const losses = where(target.equal(0), difference.mul(difference).sum(-1), missing.mul(missing)).mul(0.5);
  return reduced(losses, options, caller);
}
