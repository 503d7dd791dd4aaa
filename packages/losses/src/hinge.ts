import { checkOptions, type Tensor } from '@nn/tensor';
import { checkOneShape } from './one-shape.ts';
import { checkSigns } from './probabilities.ts';
import { type LossOptions, lossOptions, reduced } from './reduction.ts';

/**
 * The hinge loss of yes-or-no questions: 0 once a prediction is on the right side of 0 by at least 1.
 *
 *   loss = mean of max(0, 1 − target · prediction)
 *
 * The mean is over all elements.
 *
 * @param prediction  any shape; above 0 is a yes
 * @param target      1 for yes, −1 for no, of the same shape
 * @returns           scalar, shape []; with `reduction: 'none'` of the shape of the prediction
 * @throws ShapeError when the shapes differ, even where they would broadcast
 * @throws RangeError when a target is neither −1 nor 1
 * @throws TypeError when an option is unknown
 * @example String(hinge(tensor([0.5, 2, 3]), tensor([1, 1, -1])))   // 1.5
 * @see Cortes, Vapnik, Support-Vector Networks (1995)
 */
export function hinge(prediction: Tensor, target: Tensor, options: LossOptions = {}): Tensor {
  checkOptions('hinge', options, lossOptions);
  checkOneShape(prediction, target, 'hinge');
  checkSigns(target, 'hinge');
  return reduced(prediction.mul(target).neg().add(1).maximum(0), options, 'hinge');
}
