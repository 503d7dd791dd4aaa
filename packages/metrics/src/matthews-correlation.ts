import { eye } from '@nn/tensor';
import type { ClassOptions } from './class-counts.ts';
import { ratio } from './class-score.ts';
import type { Metric } from './metric.ts';
import { ofConfusionMatrix } from './of-confusion-matrix.ts';

/**
 * Matthews' correlation coefficient: the correlation of predicted and right classes, 1 if all are right, 0 for guessing.
 *
 *   mcc = (c · n − Σ_k p_k · t_k) / √((n² − Σ p_k²) · (n² − Σ t_k²))          0/0 is 0
 *
 * Of n rows c are right; class k was predicted p_k times and is right t_k times.
 *
 * @param prediction  logits or probabilities, shape [N, classes]; or class indices, int32, shape [N]
 * @param labels      the right class of each row, int32, shape [N]; or class probabilities, shape [N, classes]
 * @returns           scalar, float64
 * @throws ShapeError when prediction and labels do not fit each other, or a class index is out of range
 * @throws DTypeError when class indices are not int32
 * @throws TypeError when an option is unknown
 * @example String(matthewsCorrelation(tensor([1, 1, 0, 1], { dtype: 'int32' }), tensor([1, 0, 0, 1], { dtype: 'int32' })))   // 0.5773502691896258
 * @see Gorodkin, Comparing Two K-category Assignments by a K-category Correlation Coefficient (2004)
 */
export const matthewsCorrelation: Metric<ClassOptions> = ofConfusionMatrix('matthewsCorrelation', [], (matrix) => {
  const [predicted, actual, all] = [matrix.sum(0), matrix.sum(1), matrix.sum()];
  const right = matrix.mul(eye(matrix.shape[0]!, { dtype: 'float64' })).sum();
  const spread = all.mul(all).sub(predicted.mul(predicted).sum());
  const actualSpread = all.mul(all).sub(actual.mul(actual).sum());
  const covariance = right.mul(all).sub(predicted.mul(actual).sum());
  return ratio(covariance, spread.mul(actualSpread).sqrt());
});
