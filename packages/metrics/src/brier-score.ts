import { meanOfRows, type RowOptions } from './mean-of-rows.ts';
import type { Metric } from './metric.ts';
import { predictedProbabilities } from './predicted-probabilities.ts';

/**
 * The mean squared distance of predicted probabilities from the answers: 0 if all are sure and right.
 *
 *   1/N · Σₙ (pₙ − targetₙ)²                     probabilities of yes: 0 … 1
 *   1/N · Σₙ Σ_c (pₙ[c] − [c = labelₙ])²         probabilities of each class: 0 … 2
 *
 * @param prediction  probabilities of yes, shape [N], or of each class, shape [N, classes]
 * @param target      1 for yes and 0 for no, shape [N], or the right class of each row, int32
 * @returns           scalar, float64
 * @throws ShapeError when prediction and target do not fit each other, or a class index is out of range
 * @throws RangeError when a probability is not between 0 and 1, or a target is neither 0 nor 1
 * @throws TypeError when an option is unknown
 * @example String(brierScore(tensor([0.5, 0.25]), tensor([1, 0], { dtype: 'int32' })))   // 0.15625
 * @see Brier, Verification of Forecasts Expressed in Terms of Probability (1950)
 */
export const brierScore: Metric<RowOptions> = meanOfRows('brierScore', [], (prediction, target) => {
  const { probabilities, right } = predictedProbabilities('brierScore', prediction, target);
  const error = probabilities.sub(right);
  const squares = error.mul(error).sum(1);
  return prediction.rank === 1 ? squares.mul(0.5) : squares;
});
