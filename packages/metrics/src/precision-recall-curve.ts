import { tensor, type Tensor } from '@nn/tensor';
import { metric, type Metric, type MetricOptions } from './metric.ts';
import { addScored, onlyQuestion, type Scored, scored } from './questions.ts';
import { precisionRecallPoints } from './thresholds.ts';

/** The points of the curve, float64; the last is precision 1 and recall 0, without a threshold. */
export interface PrecisionRecallCurve {
  readonly precision: Tensor;
  readonly recall: Tensor;
  /** Ascending; a score of at least the threshold is a yes. */
  readonly thresholds: Tensor;
}

const caller = 'precisionRecallCurve';

/**
 * Precision and recall at each threshold.
 *
 * Where there is no yes, the recall is 1 at every threshold. It sorts the scores, so that it reads their numbers: within
 * `compile` it is refused.
 *
 * @param prediction  scores, larger for yes, shape [N]
 * @param target      1 for yes, 0 for no, shape [N]
 * @throws ShapeError when the shapes differ, or there are several questions
 * @throws RangeError when a target is neither 0 nor 1
 * @throws TypeError when an option is unknown
 * @example String(precisionRecallCurve(tensor([0.9, 0.6, 0.4]), tensor([1, 0, 1])).recall)   // [1.  0.5 0.5 0. ]
 */
export const precisionRecallCurve: Metric<MetricOptions, PrecisionRecallCurve> = metric<
  MetricOptions,
  Scored,
  PrecisionRecallCurve
>({
  name: caller,
  measure: (prediction, target, options) => scored(caller, prediction, target, options),
  merge: addScored,
  result(given) {
    const { precisions, recalls, thresholds } = precisionRecallPoints(onlyQuestion(caller, given));
    const float64 = (values: readonly number[]): Tensor => tensor([...values], { dtype: 'float64' });
    return {
      precision: float64([...precisions, 1]),
      recall: float64([...recalls, 0]),
      thresholds: float64(thresholds),
    };
  },
});
