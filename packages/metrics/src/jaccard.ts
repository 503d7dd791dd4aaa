import { classScore, type ClassScoreOptions, ratio } from './class-score.ts';
import type { Metric } from './metric.ts';

/**
 * The Jaccard index of a class: the rows that are of it and were predicted to be, among those that are or were.
 *
 *   jaccard = right / (predicted + actual − right)          0/0 is 0
 *
 * @param prediction  logits or probabilities, shape [N, classes]; or class indices, int32, shape [N]
 * @param labels      the right class of each row, int32, shape [N]; or class probabilities, shape [N, classes]
 * @returns           scalar, float64; with `average: 'none'` one number for each class
 * @throws ShapeError when prediction and labels do not fit each other, or a class index is out of range
 * @throws RangeError when there are more than two classes without another `average`
 * @throws DTypeError when class indices are not int32
 * @throws TypeError when an option is unknown
 * @example String(jaccard(tensor([1, 1, 0, 1], { dtype: 'int32' }), tensor([1, 0, 0, 1], { dtype: 'int32' })))   // 0.6666666666666666
 */
export const jaccard: Metric<ClassScoreOptions> = classScore('jaccard', [], ({ right, predicted, actual }) =>
  ratio(right, predicted.add(actual).sub(right)),
);
