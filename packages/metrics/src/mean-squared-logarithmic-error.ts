import { checkValues, type Tensor } from '@nn/tensor';
import type { Metric } from './metric.ts';
import { type ErrorOptions, meanLoss } from './regression.ts';

/**
 * The mean squared error of logarithms: an error counts by its ratio to the target, not by its size.
 *
 *   1/N · Σₙ (ln(1 + predictionₙ) − ln(1 + targetₙ))²
 *
 * @param prediction  shape [N] or [N, outputs]
 * @param target      the right values, of the same shape
 * @returns           scalar, float64; with `average: 'none'` one number for each output
 * @throws ShapeError when the shapes differ
 * @throws RangeError when a prediction or a target is −1 or less
 * @throws TypeError when an option is unknown
 * @example String(meanSquaredLogarithmicError(tensor([1, 3]), tensor([3, 7])))   // 0.4804530139182013
 */
export const meanSquaredLogarithmicError: Metric<ErrorOptions> = meanLoss(
  'meanSquaredLogarithmicError',
  [],
  (prediction, target) => {
    checkAboveMinusOne('predictions', prediction);
    checkAboveMinusOne('targets', target);
    const error = prediction.log1p().sub(target.log1p());
    return error.mul(error);
  },
);

function checkAboveMinusOne(name: string, values: Tensor): void {
  checkValues(
    'meanSquaredLogarithmicError',
    values.lessEqual(-1).logicalNot(),
    [values],
    (at, [given]) =>
      new RangeError(
        `meanSquaredLogarithmicError: ${name} must be above -1, got ${given!.data[at]}. ` +
          `Use meanSquaredError where numbers may be negative.`,
      ),
  );
}
