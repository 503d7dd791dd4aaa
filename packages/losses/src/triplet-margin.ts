import { checkNumber, checkOptions, type Tensor } from '@nn/tensor';
import { norm } from './norm.ts';
import { checkOneShape, checkRows } from './one-shape.ts';
import { checkNotNegative } from './option.ts';
import { type LossOptions, lossOptions, reduced } from './reduction.ts';

export interface TripletMarginOptions extends LossOptions {
  /** How much farther the negative should be than the positive; 1 unless given. */
  readonly margin?: number;
  /** The norm of the distance, at least 1: 2, the Euclidean one, unless given. */
  readonly p?: number;
  /** Whether to take the distance between positive and negative where it is the smaller one; false unless given. */
  readonly swap?: boolean;
  /** Is added to each difference, so that equal rows have a gradient; 1e-6 unless given, as in PyTorch. */
  readonly epsilon?: number;
}

/**
 * The triplet loss: an anchor should be nearer to a positive, of its own kind, than to a negative, of another.
 *
 *   loss = 1/N · Σₙ max(0, d(anchorₙ, positiveₙ) − d(anchorₙ, negativeₙ) + margin),  d(a, b) = ‖a − b + ε‖ₚ
 *
 * With `swap` the distance to the negative is min(d(anchor, negative), d(positive, negative)).
 *
 * @param anchor    shape [N, features], or [..., features]
 * @param positive  of the same shape
 * @param negative  of the same shape
 * @returns         scalar, shape []; with `reduction: 'none'` one loss for each row
 * @throws ShapeError when the shapes differ, even where they would broadcast
 * @throws RangeError when an option is out of range
 * @throws TypeError when an option is unknown
 * @example String(tripletMargin(tensor([[0, 0]]), tensor([[3, 4]]), tensor([[0, 2]]), { epsilon: 0 }))   // 4.0
 * @see Balntas, Riba, Ponsa, Mikolajczyk, Learning Shallow Convolutional Feature Descriptors with Triplet Losses (2016)
 */
export function tripletMargin(
  anchor: Tensor,
  positive: Tensor,
  negative: Tensor,
  options: TripletMarginOptions = {},
): Tensor {
  const caller = 'tripletMargin';
  const known = [...lossOptions, 'margin', 'p', 'swap', 'epsilon'];
  const { margin = 1, p = 2, swap = false, epsilon = 1e-6 } = checkOptions(caller, options, known);
  checkNumber(caller, 'margin', margin, Number.isFinite(margin), 'a finite number', 'Leave it out for 1.');
  checkNumber(caller, 'p', p, p >= 1 && p < Infinity, 'a finite number, at least 1', 'Leave it out for 2.');
  checkNotNegative(caller, 'epsilon', epsilon, 'Leave it out for 1e-6.');
  checkOneShape(anchor, positive, caller, ['anchor', 'positive']);
  checkOneShape(anchor, negative, caller, ['anchor', 'negative']);
  checkRows(anchor, caller);
  const distance = (a: Tensor, b: Tensor): Tensor => norm(a.sub(b).add(epsilon), p);
  const away = distance(anchor, negative);
  const nearest = swap ? away.minimum(distance(positive, negative)) : away;
  return reduced(distance(anchor, positive).sub(nearest).add(margin).maximum(0), options, caller);
}
