import type { Metric } from './metric.ts';
import { type ErrorOptions, meanLoss } from './regression.ts';

/**
 * The mean distance of predictions from their targets, in the unit of the target.
 *
 *   1/N · Σₙ |predictionₙ − targetₙ|
 *
 * @param prediction  shape [N] or [N, outputs]
 * @param target      the right values, of the same shape
 * @returns           scalar, float64; with `average: 'none'` one number for each output
 * @throws ShapeError when the shapes differ
 * @throws TypeError when an option is unknown
 * @example String(meanAbsoluteError(tensor([1, 2, 3]), tensor([1, 2, 6])))   // 1.0
 */
export const meanAbsoluteError: Metric<ErrorOptions> = meanLoss('meanAbsoluteError', [], (prediction, target) =>
  prediction.sub(target).abs(),
);
