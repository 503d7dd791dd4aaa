import type { Metric } from './metric.ts';
import { type ErrorOptions, meanLoss } from './regression.ts';

/**
 * The root of the mean squared error, in the unit of the target.
 *
 *   √(1/N · Σₙ (predictionₙ − targetₙ)²)
 *
 * Of several outputs it is the mean of their roots.
 *
 * @param prediction  shape [N] or [N, outputs]
 * @param target      the right values, of the same shape
 * @returns           scalar, float64; with `average: 'none'` one number for each output
 * @throws ShapeError when the shapes differ
 * @throws TypeError when an option is unknown
 * @example String(rootMeanSquaredError(tensor([1, 2, 3, 4]), tensor([1, 2, 3, 8])))   // 2.0
 */
export const rootMeanSquaredError: Metric<ErrorOptions> = meanLoss(
  'rootMeanSquaredError',
  [],
  (prediction, target) => {
    const error = prediction.sub(target);
    return error.mul(error);
  },
  (mean) => mean.sqrt(),
);
