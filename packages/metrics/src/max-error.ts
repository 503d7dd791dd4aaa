import { metric, type Metric } from './metric.ts';
import { averaged, checkAverage, type ErrorOptions, quantities } from './regression.ts';
import type { Tensor } from '@nn/tensor';

/**
 * The largest distance of a prediction from its target. Weights do not matter.
 *
 *   maxₙ |predictionₙ − targetₙ|
 *
 * @param prediction  shape [N] or [N, outputs]
 * @param target      the right values, of the same shape
 * @returns           scalar, float64: the mean over the outputs; with `average: 'none'` one number for each
 * @throws ShapeError when the shapes differ
 * @throws TypeError when an option is unknown
 * @example String(maxError(tensor([1, 2, 3]), tensor([1, 2, 6])))   // 3.0
 */
export const maxError: Metric<ErrorOptions> = metric<ErrorOptions, Tensor>({
  name: 'maxError',
  options: ['average'],
  measure(given, right, options) {
    checkAverage('maxError', options.average, ['mean', 'none']);
    const { prediction, target } = quantities('maxError', given, right, options);
    return prediction.sub(target).abs().max(0);
  },
  merge: (first, second) => first.maximum(second),
  result: (largest, { average }) => averaged(largest, average),
});
