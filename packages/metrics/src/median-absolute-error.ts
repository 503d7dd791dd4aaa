import { tensor } from '@nn/tensor';
import { metric, type Metric } from './metric.ts';
import { averaged, checkAverage, type ErrorOptions, type Quantities, quantities } from './regression.ts';
import { addRows } from './rows.ts';

/**
 * The median distance of predictions from their targets: half are nearer, whatever the outliers are.
 *
 *   medianₙ |predictionₙ − targetₙ|
 *
 * Of an even number of rows it is the mean of the two in the middle. With weights it is the smallest error at which the
 * weights of the rows up to it reach half of all.
 *
 * It sorts the errors, so that it reads their numbers: within `compile` it is refused.
 *
 * @param prediction  shape [N] or [N, outputs]
 * @param target      the right values, of the same shape
 * @returns           scalar, float64; with `average: 'none'` one number for each output; NaN when there are no samples
 * @throws ShapeError when the shapes differ
 * @throws TypeError when an option is unknown
 * @example String(medianAbsoluteError(tensor([1, 2, 3]), tensor([1, 2.5, 60])))   // 0.5
 */
export const medianAbsoluteError: Metric<ErrorOptions> = metric<ErrorOptions, Quantities>({
  name: 'medianAbsoluteError',
  options: ['average'],
  measure(prediction, target, options) {
    checkAverage('medianAbsoluteError', options.average, ['mean', 'none']);
    return quantities('medianAbsoluteError', prediction, target, options);
  },
  merge: addRows,
  result({ prediction, target, weights }, { average }) {
    const errors = prediction.sub(target).abs().transpose();
    const [outputs, rows] = errors.shape as [number, number];
    const each = Array.from({ length: outputs }, (_, output) => {
      const own = errors.data.subarray(output * rows, (output + 1) * rows) as Float64Array;
      return weights ? weightedMedian(own, weights.data) : median(own);
    });
    return averaged(tensor(each, { dtype: 'float64' }), average);
  },
});

function median(values: Float64Array): number {
  const sorted = values.toSorted();
  const half = sorted.length / 2;
  return (sorted[Math.ceil(half) - 1]! + sorted[Math.floor(half)]!) / 2;
}

function weightedMedian(values: Float64Array, weights: ArrayLike<number>): number {
  const order = Array.from(values.keys()).toSorted((a, b) => values[a]! - values[b]!);
  const total = order.reduce((sum, row) => sum + weights[row]!, 0);
  let reached = 0;
  for (const row of order) {
    reached += weights[row]!;
    if (reached >= total / 2) return values[row]!;
  }
  return NaN;
}
