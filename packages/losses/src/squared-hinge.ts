import { checkOptions, type Tensor } from '@nn/tensor';
import { checkOneShape } from './one-shape.ts';
import { checkSigns } from './probabilities.ts';
import { type LossOptions, lossOptions, reduced } from './reduction.ts';

/**
 * The square of the hinge loss: smooth at the margin, and stricter with large errors.
 *
 *   loss = mean of max(0, 1 − target · prediction)²
 *
 * The mean is over all elements.
 *
 * @param prediction  any shape; above 0 is a yes
 * @param target      1 for yes, −1 for no, of the same shape
 * @returns           scalar, shape []; with `reduction: 'none'` of the shape of the prediction
 * @throws ShapeError when the shapes differ, even where they would broadcast
 * @throws RangeError when a target is neither −1 nor 1
 * @throws TypeError when an option is unknown
 * @example String(squaredHinge(tensor([0.5, 2, 3]), tensor([1, 1, -1])))   // 5.4166665
 */
export function squaredHinge(prediction: Tensor, target: Tensor, options: LossOptions = {}): Tensor {
  checkOptions('squaredHinge', options, lossOptions);
  checkOneShape(prediction, target, 'squaredHinge');
  checkSigns(target, 'squaredHinge');
  const missed = prediction.mul(target).neg().add(1).maximum(0);
  return reduced(missed.mul(missed), options, 'squaredHinge');
}
