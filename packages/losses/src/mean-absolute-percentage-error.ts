import { checkOptions, type Tensor } from '@nn/tensor';
import { checkOneShape } from './one-shape.ts';
import { checkPositive } from './option.ts';
import { type LossOptions, lossOptions, reduced } from './reduction.ts';

export interface MeanAbsolutePercentageErrorOptions extends LossOptions {
  /** Targets closer to 0 than this count as this large; 1e-7 unless given, as in Keras. */
  readonly epsilon?: number;
}

/**
 * The absolute error as a percentage of the target.
 *
 *   loss = mean of 100 · |prediction − target| / max(|target|, ε)          in percent
 *
 * The mean is over all elements. A target near 0 makes it very large; targets should be well away from 0.
 *
 * @param prediction  any shape
 * @param target      of the same shape
 * @returns           scalar, shape [], in percent; with `reduction: 'none'` of the shape of the prediction
 * @throws ShapeError when the shapes differ, even where they would broadcast
 * @throws RangeError when epsilon is not positive
 * @throws TypeError when an option is unknown
 * @example String(meanAbsolutePercentageError(tensor([9, 4]), tensor([10, 5])))   // 15.0
 */
export function meanAbsolutePercentageError(
  prediction: Tensor,
  target: Tensor,
  options: MeanAbsolutePercentageErrorOptions = {},
): Tensor {
  const caller = 'meanAbsolutePercentageError';
  const { epsilon = 1e-7 } = checkOptions(caller, options, [...lossOptions, 'epsilon']);
  checkPositive(caller, 'epsilon', epsilon, 'Leave it out for 1e-7.');
  checkOneShape(prediction, target, caller);
  const fraction = prediction.sub(target).abs().div(target.abs().maximum(epsilon));
  return reduced(fraction.mul(100), options, caller);
}
