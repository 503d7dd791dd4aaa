import type { Tensor } from '@nn/tensor';
import { classIndices } from './class-indices.ts';
import { score, type ScoreOptions } from './score.ts';

/**
 * The share of samples whose most likely class is the right one.
 *
 *   accuracy = 1/N · Σₙ [argmax predictionₙ = labelₙ]
 *
 * Of equal scores in a row the first counts.
 *
 * @param prediction  a score for each class, shape [N, classes]; or class indices, int32, shape [N]
 * @param labels      the right class of each row, int32, shape [N]; or one-hot, shape [N, classes]
 * @returns           scalar, float64; NaN when there are no samples
 * @throws ShapeError when prediction and labels do not fit each other, or a label names no class
 * @throws DTypeError when class indices are no int32
 * @example String(accuracy(tensor([[0.7, 0.3], [0.4, 0.6], [0.5, 0.5]]), tensor([0, 0, 0], { dtype: 'int32' })))   // 0.6666666666666666
 */
export function accuracy(prediction: Tensor, labels: Tensor, options: ScoreOptions = {}): Tensor {
  const { predicted, actual } = classIndices('accuracy', prediction, labels);
  return score('accuracy', predicted.equal(actual), options);
}
