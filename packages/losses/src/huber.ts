import { checkOptions, type Tensor } from '@nn/tensor';
import { checkOneShape } from './one-shape.ts';
import { checkPositive } from './option.ts';
import { type LossOptions, lossOptions, reduced } from './reduction.ts';

export interface HuberOptions extends LossOptions {
  /** Errors up to this are squared, larger ones count in proportion; 1 unless given. */
  readonly delta?: number;
}

/**
 * The Huber loss: the squared error of small errors, the absolute error of large ones, so that outliers weigh less.
 *
 *   loss = mean of  e² / 2               where |e| ≤ δ,  e = prediction − target
 *                   δ · (|e| − δ / 2)    elsewhere             gradient e, at most ±δ
 *
 * The mean is over all elements. `smoothL1` with β = δ is this divided by δ.
 *
 * @param prediction  any shape
 * @param target      of the same shape
 * @returns           scalar, shape []; with `reduction: 'none'` of the shape of the prediction
 * @throws ShapeError when the shapes differ, even where they would broadcast
 * @throws RangeError when delta is not positive
 * @throws TypeError when an option is unknown
 * @example String(huber(tensor([1, 2, 3]), tensor([1, 2.5, 6])))   // 0.875
 * @see Huber, Robust Estimation of a Location Parameter (1964)
 */
export function huber(prediction: Tensor, target: Tensor, options: HuberOptions = {}): Tensor {
  const { delta = 1 } = checkOptions('huber', options, [...lossOptions, 'delta']);
  checkPositive('huber', 'delta', delta, 'For the absolute error use meanAbsoluteError.');
  checkOneShape(prediction, target, 'huber');
  const error = prediction.sub(target);
  const near = error.clip(-delta, delta);
  return reduced(near.mul(error.sub(near.mul(0.5))), options, 'huber');
}
