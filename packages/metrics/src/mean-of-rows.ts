import { onesLike, type Tensor } from '@nn/tensor';
import { addSums, metric, type Metric, type MetricOptions } from './metric.ts';
import { rowWeights } from './score.ts';

/** The options of a mean over rows. */
export interface RowOptions extends MetricOptions {
  /** `mean`, the default, or `sum`: of the rows, each times its weight. */
  readonly reduction?: 'mean' | 'sum' | undefined;
}

/** The sum of the weighted losses of rows, and that of the weights. */
interface RowSums extends Readonly<Record<string, Tensor>> {
  readonly losses: Tensor;
  readonly weight: Tensor;
}

/**
 * A metric that is the weighted mean of a loss of each row: Σ weight · loss / Σ weight.
 *
 * @param known  the names of further options
 * @param loss   of each row, float64, shape [N]
 */
/* @__NO_SIDE_EFFECTS__ */
export function meanOfRows<Options extends RowOptions>(
  name: string,
  known: readonly string[],
  loss: (prediction: Tensor, target: Tensor, options: Options) => Tensor,
): Metric<Options> {
  return metric<Options, RowSums>({
    name,
    options: [...known, 'reduction'],
    measure(prediction, target, options) {
      const { reduction = 'mean' } = options;
      if (reduction !== 'mean' && reduction !== 'sum') {
        throw new TypeError(
          `${name}: reduction must be 'mean' or 'sum', got ${String(reduction)}. Leave it out for the mean.`,
        );
      }
      const losses = loss(prediction, target, options);
      const weights = rowWeights(name, options.weights, losses);
      const weight = (weights ?? onesLike(losses)).sum();
      return { losses: (weights ? losses.mul(weights) : losses).sum(), weight };
    },
    merge: addSums,
    result: ({ losses, weight }, { reduction }) => (reduction === 'sum' ? losses : losses.div(weight)),
  });
}
