import { type Tensor, where } from '@nn/tensor';
import { metric, type Metric, type MetricOptions } from './metric.ts';
import { mergeMoments, type Moments, momentsOf } from './moments.ts';
import { checkAverage, quantities } from './regression.ts';

/** The options of `r2Score` and `explainedVariance`. */
export interface ExplainedOptions extends MetricOptions {
  /**
   * How the scores of several outputs become one: `mean`, the default; `variance`, weighted by the spread of the targets of
   * each output; or `none`, one number for each.
   */
  readonly average?: 'mean' | 'variance' | 'none' | undefined;
  /**
   * Whether a constant target gives 1 if the prediction is exact and 0 otherwise, in place of NaN and −∞; true unless
   * given, as in scikit-learn.
   */
  readonly finite?: boolean | undefined;
}

/**
 * A metric that is 1 − unexplained / Σ weight · (target − mean)².
 *
 * @param unexplained  what is left of each output
 */
/* @__NO_SIDE_EFFECTS__ */
export function explained(
  name: string,
  unexplained: (moments: Moments) => Tensor,
  undefinedBelow = 0,
): Metric<ExplainedOptions> {
  return metric<ExplainedOptions, Moments>({
    name,
    options: ['average', 'finite'],
    measure(prediction, target, options) {
      checkAverage(name, options.average, ['mean', 'variance', 'none']);
      return momentsOf(quantities(name, prediction, target, options));
    },
    merge: mergeMoments,
    result(moments, { average = 'mean', finite = true }) {
      const [left, spread] = [unexplained(moments), moments.squaresTarget];
      if (moments.rows < undefinedBelow) return average === 'none' ? spread.mul(NaN) : spread.sum().mul(NaN);
      const formula = left.div(spread).neg().add(1);
      const constant = spread.equal(0);
      const each = finite ? where(constant, left.equal(0).cast('float64'), formula) : formula;
      if (average === 'none') return each;
      if (average === 'mean') return each.mean();
      // A constant output has no spread; where all are constant they count alike.
      const total = spread.sum();
      return where(total.equal(0), each.mean(), where(constant, 0, each).mul(spread).sum().div(total));
    },
  });
}
