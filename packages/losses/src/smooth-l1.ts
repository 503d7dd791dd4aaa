import { checkOptions, type Tensor } from '@nn/tensor';
import { checkOneShape } from './one-shape.ts';
import { checkPositive } from './option.ts';
import { type LossOptions, lossOptions, reduced } from './reduction.ts';

export interface SmoothL1Options extends LossOptions {
  /** Errors below this are squared, larger ones count in proportion; 1 unless given. */
  readonly beta?: number;
}

/**
 * The absolute error, rounded off near 0: the gradient is ±1 for large errors and goes to 0 with small ones.
 *
 *   loss = mean of  e² / (2β)      where |e| < β,  e = prediction − target
 *                   |e| − β / 2    elsewhere
 *
 * The mean is over all elements. It is `huber` with δ = β, divided by β.
 *
 * @param prediction  any shape
 * @param target      of the same shape
 * @returns           scalar, shape []; with `reduction: 'none'` of the shape of the prediction
 * @throws ShapeError when the shapes differ, even where they would broadcast
 * @throws RangeError when beta is not positive
 * @throws TypeError when an option is unknown
 * @example String(smoothL1(tensor([1, 2, 3]), tensor([1, 2.5, 6])))   // 0.875
 * @see Girshick, Fast R-CNN (2015), §2.3
 */
export function smoothL1(prediction: Tensor, target: Tensor, options: SmoothL1Options = {}): Tensor {
  const { beta = 1 } = checkOptions('smoothL1', options, [...lossOptions, 'beta']);
  checkPositive('smoothL1', 'beta', beta, 'For the absolute error use meanAbsoluteError.');
  checkOneShape(prediction, target, 'smoothL1');
  const error = prediction.sub(target);
  const near = error.clip(-beta, beta);
  return reduced(near.mul(error.sub(near.mul(0.5))).div(beta), options, 'smoothL1');
}
