import type { Metric } from './metric.ts';
import { type ErrorOptions, meanLoss } from './regression.ts';

/**
 * The mean squared distance of predictions from their targets.
 *
 *   1/N · Σₙ (predictionₙ − targetₙ)²          in the squared unit of the target
 *
 * @param prediction  shape [N] or [N, outputs]
 * @param target      the right values, of the same shape
 * @returns           scalar, float64; with `average: 'none'` one number for each output
 * @throws ShapeError when the shapes differ
 * @throws TypeError when an option is unknown
 * @example String(meanSquaredError(tensor([1, 2, 3]), tensor([1, 2, 6])))   // 3.0
 */
export const meanSquaredError: Metric<ErrorOptions> = meanLoss('meanSquaredError', [], (prediction, target) => {
  const error = prediction.sub(target);
  return error.mul(error);
});
