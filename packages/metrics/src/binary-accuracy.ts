import { checkNumber } from '@nn/tensor';
import type { Metric } from './metric.ts';
import { checkOneShape } from './one-shape.ts';
import { checkBinaryTargets, checkProbabilities } from './probabilities.ts';
import { score, type ScoreOptions } from './score.ts';

/** The options of `binaryAccuracy`. */
export interface BinaryAccuracyOptions extends ScoreOptions {
  /** A probability above this is a yes. */
  readonly threshold?: number;
}

const caller = 'binaryAccuracy';

/**
 * The fraction of yes-or-no questions that were answered correctly.
 *
 *   accuracy = mean of [(probability > threshold) = target]
 *
 * A probability equal to the threshold is a no. For logits write `sigmoid(logits)`.
 *
 * @param probabilities  of the answer yes, shape [N] or [N, questions]
 * @param targets        1 for yes, 0 for no, of the same shape
 * @param threshold      from 0 to 1; 0.5 unless given
 * @returns              scalar, float64; NaN when there are no samples
 * @throws ShapeError when the shapes differ
 * @throws RangeError when a probability or the threshold is not between 0 and 1, or a target is neither 0 nor 1
 * @throws TypeError when an option is unknown
 * @example String(binaryAccuracy(tensor([0.9, 0.2, 0.5]), tensor([1, 0, 1])))   // 0.6666666666666666
 */
export const binaryAccuracy: Metric<BinaryAccuracyOptions> = score(
  caller,
  ['threshold'],
  (probabilities, targets, { threshold = 0.5 }) => {
    checkOneShape(caller, probabilities, targets);
    const fits = threshold >= 0 && threshold <= 1;
    checkNumber(caller, 'threshold', threshold, fits, 'a number from 0 to 1', 'Leave it out for 0.5.');
    checkProbabilities(caller, probabilities, 'For logits write sigmoid(logits).');
    checkBinaryTargets(caller, targets, 'Use accuracy for more than two classes.');
    return probabilities.greater(threshold).equal(targets.cast('bool'));
  },
);
