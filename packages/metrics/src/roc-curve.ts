import { tensor, type Tensor } from '@nn/tensor';
import { metric, type Metric, type MetricOptions } from './metric.ts';
import { addScored, onlyQuestion, type Scored, scored } from './questions.ts';
import { rocPoints } from './thresholds.ts';

/** The options of `rocCurve`. */
export interface RocCurveOptions extends MetricOptions {
  /** Whether to leave out points on straight lines between others; true unless given. */
  readonly dropIntermediate?: boolean | undefined;
}

/** The points of the curve, float64, from (0, 0) to (1, 1). */
export interface RocCurve {
  readonly falsePositiveRate: Tensor;
  readonly truePositiveRate: Tensor;
  /** Descending; a score of at least the threshold is a yes. The first is Infinity: nothing is. */
  readonly thresholds: Tensor;
}

const caller = 'rocCurve';

/**
 * The receiver operating characteristic: how many of the yeses are found, and how many of the noes are taken for one, at
 * each threshold.
 *
 * A rate is NaN where there is no yes, or no no. It sorts the scores, so that it reads their numbers: within `compile` it
 * is refused.
 *
 * @param prediction  scores, larger for yes, shape [N]
 * @param target      1 for yes, 0 for no, shape [N]
 * @throws ShapeError when the shapes differ, or there are several questions
 * @throws RangeError when a target is neither 0 nor 1
 * @throws TypeError when an option is unknown
 * @example String(rocCurve(tensor([0.9, 0.6, 0.4]), tensor([1, 0, 1])).truePositiveRate)   // [0.  0.5 0.5 1. ]
 */
export const rocCurve: Metric<RocCurveOptions, RocCurve> = metric<RocCurveOptions, Scored, RocCurve>({
  name: caller,
  options: ['dropIntermediate'],
  measure: (prediction, target, options) => scored(caller, prediction, target, options),
  merge: addScored,
  result(given, { dropIntermediate = true }) {
    const { falses, trues, thresholds } = rocPoints(onlyQuestion(caller, given), dropIntermediate);
    const float64 = (values: readonly number[]): Tensor => tensor([...values], { dtype: 'float64' });
    return {
      falsePositiveRate: float64(falses),
      truePositiveRate: float64(trues),
      thresholds: float64(thresholds),
    };
  },
});
