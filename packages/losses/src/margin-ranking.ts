import { checkNumber, checkOptions, type Tensor } from '@nn/tensor';
import { checkOneShape } from './one-shape.ts';
import { checkSigns } from './probabilities.ts';
import { type LossOptions, lossOptions, reduced } from './reduction.ts';

export interface MarginRankingOptions extends LossOptions {
  /** By how much the higher rank should be ahead; 0 unless given. */
  readonly margin?: number;
}

/**
 * The margin ranking loss: 0 where the one that should rank higher is ahead by a margin.
 *
 *   loss = mean of max(0, margin − target · (first − second))
 *
 * The mean is over all elements.
 *
 * @param first   scores, any shape
 * @param second  scores, of the same shape
 * @param target  1 where the first should be larger, −1 where the second should, of the same shape
 * @returns       scalar, shape []; with `reduction: 'none'` of the shape of the scores
 * @throws ShapeError when the shapes differ, even where they would broadcast
 * @throws RangeError when a target is neither −1 nor 1
 * @throws TypeError when an option is unknown
 * @example String(marginRanking(tensor([1, 1]), tensor([3, 3]), tensor([1, -1]), { margin: 0.5 }))   // 1.25
 */
export function marginRanking(
  first: Tensor,
  second: Tensor,
  target: Tensor,
  options: MarginRankingOptions = {},
): Tensor {
  const caller = 'marginRanking';
  const { margin = 0 } = checkOptions(caller, options, [...lossOptions, 'margin']);
  checkNumber(caller, 'margin', margin, Number.isFinite(margin), 'a finite number', 'Leave it out for 0.');
  checkOneShape(first, second, caller, ['first', 'second']);
  checkOneShape(first, target, caller, ['first', 'target']);
  checkSigns(target, caller);
  return reduced(second.sub(first).mul(target).add(margin).maximum(0), options, caller);
}
