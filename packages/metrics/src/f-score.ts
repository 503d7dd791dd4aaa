import { checkNumber } from '@nn/tensor';
import { classScore, type ClassScoreOptions, ratio } from './class-score.ts';
import type { Metric } from './metric.ts';

/** The options of `fScore`. */
export interface FScoreOptions extends ClassScoreOptions {
  /** How many times as much recall counts as precision; 1 unless given. */
  readonly beta?: number | undefined;
}

/**
 * The F-score: the harmonic mean of precision and recall, recall counting β times as much.
 *
 *   F = (1 + β²) · right / (predicted + β² · actual)          0/0 is 0
 *
 * @param prediction  logits or probabilities, shape [N, classes]; or class indices, int32, shape [N]
 * @param labels      the right class of each row, int32, shape [N]; or class probabilities, shape [N, classes]
 * @returns           scalar, float64; with `average: 'none'` one number for each class
 * @throws ShapeError when prediction and labels do not fit each other, or a class index is out of range
 * @throws RangeError when there are more than two classes without another `average`
 * @throws DTypeError when class indices are not int32
 * @throws TypeError when an option is unknown
 * @throws RangeError when beta is not positive
 * @example String(fScore(tensor([1, 1, 0, 1], { dtype: 'int32' }), tensor([1, 0, 0, 1], { dtype: 'int32' })))   // 0.8
 */
export const fScore: Metric<FScoreOptions> = classScore<FScoreOptions>(
  'fScore',
  ['beta'],
  ({ right, predicted, actual }, { beta = 1 }) => {
    const fits = beta > 0 && beta < Infinity;
    checkNumber('fScore', 'beta', beta, fits, 'a positive number', 'Leave it out for 1.');
    const squared = beta * beta;
    return ratio(right.mul(1 + squared), predicted.add(actual.mul(squared)));
  },
);
