import { arange, checkLabels, checkNumber } from '@nn/tensor';
import type { Metric } from './metric.ts';
import { classRows } from './class-rows.ts';
import { score, type ScoreOptions } from './score.ts';

/** The options of `topKAccuracy`. */
export interface TopKAccuracyOptions extends ScoreOptions {
  /** How many classes of each row count; 2 unless given. */
  readonly k?: number | undefined;
}

const caller = 'topKAccuracy';

/**
 * The fraction of samples whose right class is among the k most likely ones.
 *
 * Of equal values the last counts as the larger, as in scikit-learn; `accuracy` takes the first.
 *
 * @param prediction  logits or probabilities, shape [N, classes]
 * @param labels      the right class of each row, int32, shape [N]
 * @returns           scalar, float64; NaN when there are no samples
 * @throws ShapeError when prediction and labels do not fit each other, or a class index is out of range
 * @throws RangeError when k is not a positive integer
 * @throws DTypeError when the labels are not int32
 * @throws TypeError when an option is unknown
 * @example String(topKAccuracy(tensor([[0.5, 0.3, 0.2], [0.5, 0.3, 0.2]]), tensor([1, 2], { dtype: 'int32' })))   // 0.5
 */
export const topKAccuracy: Metric<TopKAccuracyOptions> = score<TopKAccuracyOptions>(
  caller,
  ['k'],
  (prediction, labels, { k = 2 }) => {
    const fits = Number.isInteger(k) && k > 0;
    checkNumber(caller, 'k', k, fits, 'a positive integer', 'Leave it out for 2.');
    const { rows, classes } = classRows(caller, prediction, labels);
    checkLabels(labels, classes, caller);
    const column = labels.expandDims(1);
    const right = rows.gather(column, 1);
    const later = arange(classes, { dtype: 'int32' }).greater(column);
    const ahead = rows.greater(right).logicalOr(rows.equal(right).logicalAnd(later));
    // NaN is ahead of nothing; a row without a number for its class has no right answer.
    return ahead.sum(1).less(k).logicalAnd(right.equal(right).squeeze(1));
  },
);
