import { checkNumber, type Tensor, zeros } from '@nn/tensor';
import { ratio } from './class-score.ts';
import { addSums, metric, type Metric, type MetricOptions } from './metric.ts';
import { predictedProbabilities } from './predicted-probabilities.ts';
import { rowWeights } from './score.ts';

/** The options of `calibrationError`. */
export interface CalibrationErrorOptions extends MetricOptions {
  /** Into how many bins of equal width probabilities are sorted; 15 unless given. */
  readonly bins?: number | undefined;
  /** `expected`, the default: the mean gap; `rootMeanSquared`: the root of its mean square; `maximum`: the largest. */
  readonly kind?: 'expected' | 'rootMeanSquared' | 'maximum' | undefined;
}

/** Of each bin the sum of the weights, of the confidences, and of what was right. */
interface Bins extends Readonly<Record<string, Tensor>> {
  readonly weight: Tensor;
  readonly confidence: Tensor;
  readonly right: Tensor;
}

const caller = 'calibrationError';

/**
 * How far predicted probabilities are from how often they are right: of the answers given with 80 % confidence, 80 %
 * should be right.
 *
 *   Σ_b N_b / N · |right_b − confidence_b|          bins b of rows whose confidence is in [b / B, (b + 1) / B)
 *
 * The confidence of a row is its largest probability; for probabilities of yes, shape [N], it is the probability itself,
 * and right is how often the answer was yes.
 *
 * @param prediction  probabilities, shape [N, classes], or of yes, shape [N]
 * @param target      the right class of each row, int32, shape [N]; or 1 for yes and 0 for no
 * @returns           scalar, float64, 0 … 1
 * @throws ShapeError when prediction and target do not fit each other, or a class index is out of range
 * @throws RangeError when a probability is not between 0 and 1, or bins is not a positive integer
 * @throws TypeError when an option is unknown
 * @example String(calibrationError(tensor([0.75, 0.75, 0.75, 0.75]), tensor([1, 1, 0, 0], { dtype: 'int32' })))   // 0.25
 * @see Guo, Pleiss, Sun, Weinberger, On Calibration of Modern Neural Networks (2017)
 */
export const calibrationError: Metric<CalibrationErrorOptions> = metric<CalibrationErrorOptions, Bins>({
  name: caller,
  options: ['bins', 'kind'],
  measure(prediction, target, { bins = 15, kind, weights }) {
    const fits = Number.isInteger(bins) && bins > 0;
    checkNumber(caller, 'bins', bins, fits, 'a positive integer', 'Leave it out for 15.');
    checkKind(kind);
    const { probabilities, right } = predictedProbabilities(caller, prediction, target);
    const binary = prediction.rank === 1;
    const confidence = binary ? probabilities.slice([], 1) : probabilities.max(1);
    const hit = binary ? right.slice([], 1) : right.gather(probabilities.argmax(1, { keepdims: true }), 1).squeeze(1);
    const bin = confidence
      .mul(bins)
      .floor()
      .clip(0, bins - 1)
      .cast('int32');
    const weight = rowWeights(caller, weights, confidence) ?? confidence.mul(0).add(1);
    const added = (x: Tensor): Tensor => zeros([bins], { dtype: 'float64' }).scatterAdd(bin, x, 0);
    return { weight: added(weight), confidence: added(confidence.mul(weight)), right: added(hit.mul(weight)) };
  },
  merge: addSums,
  result({ weight, confidence, right }, { kind = 'expected' }) {
    const gap = ratio(right.sub(confidence).abs(), weight);
    if (kind === 'maximum') return gap.max();
    const share = weight.div(weight.sum());
    return kind === 'expected' ? gap.mul(share).sum() : gap.mul(gap).mul(share).sum().sqrt();
  },
});

function checkKind(kind: CalibrationErrorOptions['kind'] = 'expected'): void {
  if (kind === 'expected' || kind === 'rootMeanSquared' || kind === 'maximum') return;
  throw new TypeError(
    `${caller}: kind must be 'expected', 'rootMeanSquared' or 'maximum', got ${String(kind)}. ` +
      `Leave it out for 'expected'.`,
  );
}
