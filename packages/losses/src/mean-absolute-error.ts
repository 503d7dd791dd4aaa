import { checkOptions, type Tensor } from '@nn/tensor';
import { checkOneShape } from './one-shape.ts';
import { type LossOptions, lossOptions, reduced } from './reduction.ts';

/**
 * The absolute error: the mean distance of predictions from their targets, in the unit of the targets.
 *
 *   loss = mean of |prediction − target|          gradient −1, 0 or 1
 *
 * The mean is over all elements; `reduction: 'none'` gives each error. Where a prediction is exact the gradient is 0.
 *
 * @param prediction  any shape
 * @param target      of the same shape
 * @returns           scalar, shape []; with `reduction: 'none'` of the shape of the prediction
 * @throws ShapeError when the shapes differ, even where they would broadcast
 * @throws TypeError when an option is unknown
 * @example String(meanAbsoluteError(tensor([1, 2, 3]), tensor([1, 2, 6])))   // 1.0
 */
export function meanAbsoluteError(prediction: Tensor, target: Tensor, options: LossOptions = {}): Tensor {
  checkOptions('meanAbsoluteError', options, lossOptions);
  checkOneShape(prediction, target, 'meanAbsoluteError');
  return reduced(prediction.sub(target).abs(), options, 'meanAbsoluteError');
}
