import { explained, type ExplainedOptions } from './explained.ts';
import type { Metric } from './metric.ts';

/**
 * The fraction of the variance of the targets that the prediction explains. Unlike in `r2Score` an error that is the same
 * in all rows does not count.
 *
 *   1 − var(target − prediction) / var(target)
 *
 * @param prediction  shape [N] or [N, outputs]
 * @param target      the right values, of the same shape
 * @returns           scalar, float64; with `average: 'none'` one number for each output
 * @throws ShapeError when the shapes differ
 * @throws TypeError when an option is unknown
 * @example String(explainedVariance(tensor([2, 3, 4]), tensor([1, 2, 3])))   // 1.0
 */
export const explainedVariance: Metric<ExplainedOptions> = explained(
  'explainedVariance',
  ({ errorsAboutMean }) => errorsAboutMean,
);
