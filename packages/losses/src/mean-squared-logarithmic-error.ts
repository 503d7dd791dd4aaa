import { checkOptions, type Tensor } from '@nn/tensor';
import { checkOneShape } from './one-shape.ts';
import { checkFits } from './probabilities.ts';
import { type LossOptions, lossOptions, reduced } from './reduction.ts';

/**
 * The squared error of logarithms: a prediction that is twice too large costs about the same at every size.
 *
 *   loss = mean of (ln(1 + prediction) − ln(1 + target))²
 *
 * The mean is over all elements.
 *
 * @param prediction  above −1, any shape
 * @param target      above −1, of the same shape
 * @returns           scalar, shape []; with `reduction: 'none'` of the shape of the prediction
 * @throws ShapeError when the shapes differ, even where they would broadcast
 * @throws RangeError when a prediction or a target is −1 or less
 * @throws TypeError when an option is unknown
 * @example String(meanSquaredLogarithmicError(tensor([1, 10]), tensor([3, 21])))   // 0.480453
 */
export function meanSquaredLogarithmicError(prediction: Tensor, target: Tensor, options: LossOptions = {}): Tensor {
  const caller = 'meanSquaredLogarithmicError';
  checkOptions(caller, options, lossOptions);
  checkOneShape(prediction, target, caller);
  const hint = 'Use meanSquaredError where numbers may be negative.';
  const words = { rule: 'above -1', hint };
  checkFits(prediction, prediction.lessEqual(-1).logicalNot(), { name: 'predictions', ...words }, caller);
  checkFits(target, target.lessEqual(-1).logicalNot(), { name: 'targets', ...words }, caller);
  // Logarithms in the precision of the result, also of a target in another dtype.
  const { dtype } = prediction.sub(target);
  const error = prediction.cast(dtype).log1p().sub(target.cast(dtype).log1p());
  return reduced(error.mul(error), options, caller);
}
