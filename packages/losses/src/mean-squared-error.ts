import { checkOptions, type Tensor } from '@nn/tensor';
import { checkOneShape } from './one-shape.ts';
import { type LossOptions, lossOptions, reduced } from './reduction.ts';

/**
 * The squared error: the mean squared distance of predictions from their targets. Large errors count most.
 *
 *   loss = mean of (prediction − target)²
 *
 * The mean is over all elements; `reduction: 'none'` gives the square of each.
 *
 * @param prediction  any shape
 * @param target      of the same shape
 * @returns           scalar, shape []; with `reduction: 'none'` of the shape of the prediction
 * @throws ShapeError when the shapes differ, even where they would broadcast
 * @throws TypeError when an option is unknown
 * @example String(meanSquaredError(tensor([1, 2, 3]), tensor([1, 2, 6])))   // 3.0
 * @see Goodfellow, Bengio, Courville, Deep Learning (2016), §5.1.4
 */
export function meanSquaredError(prediction: Tensor, target: Tensor, options: LossOptions = {}): Tensor {
  checkOptions('meanSquaredError', options, lossOptions);
  checkOneShape(prediction, target, 'meanSquaredError');
  const error = prediction.sub(target);
  return reduced(error.mul(error), options, 'meanSquaredError');
}
