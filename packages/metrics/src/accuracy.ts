import { classIndices } from './class-indices.ts';
import type { Metric } from './metric.ts';
import { score, type ScoreOptions } from './score.ts';

/**
 * The fraction of samples whose most likely class is the right one.
 *
 *   accuracy = 1/N · Σₙ [argmax predictionₙ = labelₙ]
 *
 * Of equal values in a row the first counts.
 *
 * @param prediction  logits or probabilities, shape [N, classes]; or class indices, int32, shape [N]
 * @param labels      the right class of each row, int32, shape [N]; or class probabilities, shape [N, classes]
 * @returns           scalar, float64; NaN when there are no samples
 * @throws ShapeError when prediction and labels do not fit each other, or a class index is out of range
 * @throws RangeError when the class probabilities of a label are negative or do not add up to 1
 * @throws DTypeError when class indices are not int32
 * @throws TypeError when an option is unknown
 * @example String(accuracy(tensor([[0.7, 0.3], [0.4, 0.6], [0.5, 0.5]]), tensor([0, 0, 0], { dtype: 'int32' })))   // 0.6666666666666666
 */
export const accuracy: Metric<ScoreOptions> = score('accuracy', [], (prediction, labels) => {
  const { predicted, actual } = classIndices('accuracy', prediction, labels);
  return predicted.equal(actual);
});
