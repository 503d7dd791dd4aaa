import { checkLabels, checkTensor, oneHot, where } from '@nn/tensor';
import { classRows } from './class-rows.ts';
import { meanOfRows, type RowOptions } from './mean-of-rows.ts';
import type { Metric } from './metric.ts';
import { checkOneShape } from './one-shape.ts';
import { checkBinaryTargets } from './probabilities.ts';

/**
 * By how much the right answer misses a margin of 1, on average.
 *
 *   1/N · Σₙ max(0, 1 − s · predictionₙ),  s = 1 for yes, −1 for no            one number for each row
 *   1/N · Σₙ max(0, 1 − (x[labelₙ] − max_(c ≠ labelₙ) x[c])),  x = predictionₙ  a number for each class
 *
 * @param prediction  decisions, above 0 for yes, shape [N]; or a number for each class, shape [N, classes]
 * @param target      1 for yes and 0 for no, shape [N]; or the right class of each row, int32
 * @returns           scalar, float64
 * @throws ShapeError when prediction and target do not fit each other, or a class index is out of range
 * @throws RangeError when a target of a yes-or-no question is neither 0 nor 1
 * @throws TypeError when an option is unknown
 * @example String(hingeLoss(tensor([0.5, -2]), tensor([1, 0], { dtype: 'int32' })))   // 0.25
 */
export const hingeLoss: Metric<RowOptions> = meanOfRows('hingeLoss', [], (prediction, target) => {
  if (checkTensor(prediction, 'hingeLoss').rank === 1) {
    checkOneShape('hingeLoss', prediction, target);
    checkBinaryTargets('hingeLoss', target, 'Give a number for each class where there are more than two.');
    const sign = target.cast('float64').mul(2).sub(1);
    return sign.mul(prediction).neg().add(1).maximum(0);
  }
  const { rows, classes } = classRows('hingeLoss', prediction, target);
  checkLabels(target, classes, 'hingeLoss');
  const right = oneHot(target, classes, { dtype: 'bool' });
  const x = rows.cast('float64');
  const ahead = where(right, x, 0)
    .sum(1)
    .sub(where(right, -Infinity, x).max(1));
  return ahead.neg().add(1).maximum(0);
});
