import { eye } from '@nn/tensor';
import type { ClassOptions } from './class-counts.ts';
import { ratio } from './class-score.ts';
import type { Metric } from './metric.ts';
import { ofConfusionMatrix } from './of-confusion-matrix.ts';

/** The options of `balancedAccuracy`. */
export interface BalancedAccuracyOptions extends ClassOptions {
  /** Whether to scale it so that guessing is 0 and all right is 1; false unless given. */
  readonly adjusted?: boolean | undefined;
}

/**
 * The mean recall of the classes: the accuracy there would be if all classes had the same number of rows.
 *
 *   balanced accuracy = 1/C · Σ_c right_c / actual_c
 *
 * Classes without rows are left out. Adjusted it is (s − 1/C) / (1 − 1/C).
 *
 * @param prediction  logits or probabilities, shape [N, classes]; or class indices, int32, shape [N]
 * @param labels      the right class of each row, int32, shape [N]; or class probabilities, shape [N, classes]
 * @returns           scalar, float64
 * @throws ShapeError when prediction and labels do not fit each other, or a class index is out of range
 * @throws DTypeError when class indices are not int32
 * @throws TypeError when an option is unknown
 * @example String(balancedAccuracy(tensor([1, 1, 0, 1], { dtype: 'int32' }), tensor([1, 0, 0, 1], { dtype: 'int32' })))   // 0.75
 */
export const balancedAccuracy: Metric<BalancedAccuracyOptions> = ofConfusionMatrix<BalancedAccuracyOptions>(
  'balancedAccuracy',
  ['adjusted'],
  (matrix, { adjusted = false }) => {
    const actual = matrix.sum(1);
    const right = matrix.mul(eye(matrix.shape[0]!, { dtype: 'float64' })).sum(1);
    const classes = actual.greater(0).sum().cast('float64');
    const mean = ratio(right, actual).sum().div(classes);
    if (!adjusted) return mean;
    const chance = classes.pow(-1);
    return mean.sub(chance).div(chance.neg().add(1));
  },
);
