import { metric, type Metric } from './metric.ts';
import { mergeMoments, type Moments, momentsOf } from './moments.ts';
import { averaged, checkAverage, type ErrorOptions, quantities } from './regression.ts';

/**
 * Pearson's correlation coefficient: how far the prediction rises and falls with the target, −1 … 1.
 *
 *   r = Σ (p − p̄) · (t − t̄) / √(Σ (p − p̄)² · Σ (t − t̄)²)
 *
 * @param prediction  shape [N] or [N, outputs]
 * @param target      of the same shape
 * @returns           scalar, float64; with `average: 'none'` one number for each output; NaN where either is constant
 * @throws ShapeError when the shapes differ
 * @throws TypeError when an option is unknown
 * @example String(pearsonCorrelation(tensor([1, 2, 3]), tensor([10, 20, 30])))   // 1.0
 */
export const pearsonCorrelation: Metric<ErrorOptions> = metric<ErrorOptions, Moments>({
  name: 'pearsonCorrelation',
  options: ['average'],
  measure(prediction, target, options) {
    checkAverage('pearsonCorrelation', options.average, ['mean', 'none']);
    return momentsOf(quantities('pearsonCorrelation', prediction, target, options));
  },
  merge: mergeMoments,
  result({ products, squaresPrediction, squaresTarget }, { average }) {
    const each = products.div(squaresPrediction.mul(squaresTarget).sqrt());
    return averaged(each.clip(-1, 1), average);
  },
});
