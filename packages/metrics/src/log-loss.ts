import { checkNumber } from '@nn/tensor';
import { meanOfRows, type RowOptions } from './mean-of-rows.ts';
import type { Metric } from './metric.ts';
import { predictedProbabilities } from './predicted-probabilities.ts';

/** The options of `logLoss`. */
export interface LogLossOptions extends RowOptions {
  /** Probabilities are clipped this far from 0 and 1; 2⁻⁵² unless given. */
  readonly epsilon?: number | undefined;
}

/**
 * How surprised the predicted probabilities are by the right answers, on average; the cross-entropy as a metric.
 *
 *   −1/N · Σₙ ln pₙ[labelₙ]          in nats
 *
 * Probabilities are clipped to ε … 1 − ε, then each row is divided by its sum.
 *
 * @param prediction  probabilities, shape [N, classes], or of yes, shape [N]
 * @param target      the right class of each row, int32, shape [N]; or 1 for yes and 0 for no
 * @returns           scalar, float64
 * @throws ShapeError when prediction and target do not fit each other, or a class index is out of range
 * @throws RangeError when a probability is not between 0 and 1, or epsilon is not between 0 and ½
 * @throws TypeError when an option is unknown
 * @example String(logLoss(tensor([0.5, 0.25]), tensor([1, 1], { dtype: 'int32' })))   // 1.0397207708399179
 */
export const logLoss: Metric<LogLossOptions> = meanOfRows<LogLossOptions>(
  'logLoss',
  ['epsilon'],
  (prediction, target, { epsilon = Number.EPSILON }) => {
    const fits = epsilon > 0 && epsilon < 0.5;
    checkNumber('logLoss', 'epsilon', epsilon, fits, 'a number between 0 and 0.5', 'Leave it out for 2e-16.');
    const { probabilities, right } = predictedProbabilities('logLoss', prediction, target);
    const clipped = probabilities.clip(epsilon, 1 - epsilon);
    return clipped.sum(1).log().sub(clipped.log().mul(right).sum(1));
  },
);
