import { explained, type ExplainedOptions } from './explained.ts';
import type { Metric } from './metric.ts';

/**
 * The coefficient of determination: the fraction of the spread of the targets that the prediction explains, 1 if it is
 * exact, 0 if it is no better than their mean.
 *
 *   R² = 1 − Σₙ (targetₙ − predictionₙ)² / Σₙ (targetₙ − mean)²
 *
 * @param prediction  shape [N] or [N, outputs]
 * @param target      the right values, of the same shape
 * @returns           scalar, float64; with `average: 'none'` one number for each output; NaN of less than two rows
 * @throws ShapeError when the shapes differ
 * @throws TypeError when an option is unknown
 * @example String(r2Score(tensor([1, 2, 4]), tensor([1, 2, 3])))   // 0.5
 */
export const r2Score: Metric<ExplainedOptions> = explained('r2Score', ({ squaredErrors }) => squaredErrors, 2);
