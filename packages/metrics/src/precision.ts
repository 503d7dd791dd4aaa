import { classScore, type ClassScoreOptions, ratio } from './class-score.ts';
import type { Metric } from './metric.ts';

/**
 * Precision: how many of the rows that were predicted to be of a class are of it.
 *
 *   precision = right / predicted          0/0 is 0
 *
 * @param prediction  logits or probabilities, shape [N, classes]; or class indices, int32, shape [N]
 * @param labels      the right class of each row, int32, shape [N]; or class probabilities, shape [N, classes]
 * @returns           scalar, float64; with `average: 'none'` one number for each class
 * @throws ShapeError when prediction and labels do not fit each other, or a class index is out of range
 * @throws RangeError when there are more than two classes without another `average`
 * @throws DTypeError when class indices are not int32
 * @throws TypeError when an option is unknown
 * @example String(precision(tensor([1, 1, 0, 1], { dtype: 'int32' }), tensor([1, 0, 0, 1], { dtype: 'int32' })))   // 0.6666666666666666
 */
export const precision: Metric<ClassScoreOptions> = classScore('precision', [], ({ right, predicted }) =>
  ratio(right, predicted),
);
