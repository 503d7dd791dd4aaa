import { checkOptions, type Tensor } from '@nn/tensor';
import { checkOneShape } from './one-shape.ts';
import { checkSigns } from './probabilities.ts';
import { type LossOptions, lossOptions, reduced } from './reduction.ts';
import { softplus } from './softplus.ts';

/**
 * The logistic loss of yes-or-no questions with targets of −1 and 1: a hinge loss without a corner.
 *
 *   loss = mean of ln(1 + e^(−target · prediction))
 *
 * It is `sigmoidCrossentropy` with targets of another form. The mean is over all elements; nothing overflows.
 *
 * @param prediction  logits, any shape
 * @param target      1 for yes, −1 for no, of the same shape
 * @returns           scalar, shape [], in nats; with `reduction: 'none'` of the shape of the prediction
 * @throws ShapeError when the shapes differ, even where they would broadcast
 * @throws RangeError when a target is neither −1 nor 1
 * @throws TypeError when an option is unknown
 * @example String(softMargin(tensor([2, -1000]), tensor([1, -1])))   // 0.06346401
 */
export function softMargin(prediction: Tensor, target: Tensor, options: LossOptions = {}): Tensor {
  checkOptions('softMargin', options, lossOptions);
  checkOneShape(prediction, target, 'softMargin');
  checkSigns(target, 'softMargin');
  return reduced(softplus(prediction.mul(target).neg()), options, 'softMargin');
}
