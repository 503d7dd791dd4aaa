import { checkNumber, ShapeError, type Tensor } from '@nn/tensor';
import { checkBeside } from './beside.ts';
import { score, type ScoreOptions } from './score.ts';

/** What `binaryAccuracy` can be told. */
export interface BinaryAccuracyOptions extends ScoreOptions {
  /** Above which probability the answer is yes. */
  readonly threshold?: number;
}

/**
 * The share of yes-or-no questions that were answered rightly.
 *
 *   accuracy = mean of [(probability > threshold) = target]
 *
 * A probability equal to the threshold is a no.
 *
 * @param probabilities  of the answer yes, shape [N] or [N, questions]
 * @param targets        1 for yes, 0 for no, of the same shape
 * @param threshold      0.5 unless told otherwise
 * @returns              scalar, float64; NaN when there are no samples
 * @throws ShapeError when the shapes differ, or a target is neither 0 nor 1
 * @throws RangeError when the threshold is not a finite number
 * @example String(binaryAccuracy(tensor([0.9, 0.2, 0.5]), tensor([1, 0, 1])))   // 0.6666666666666666
 */
export function binaryAccuracy(
  probabilities: Tensor,
  targets: Tensor,
  { threshold = 0.5, ...options }: BinaryAccuracyOptions = {},
): Tensor {
  const asked = 'binaryAccuracy';
  checkBeside(asked, probabilities, targets);
  checkNumber(asked, 'threshold', threshold, Number.isFinite(threshold), 'a finite number', 'Leave it out for 0.5.');
  checkAnswers(asked, targets);
  return score(asked, probabilities.greater(threshold).equal(targets.cast('bool')), options);
}

/** While a function is traced the numbers are not known yet, and cannot be checked. */
function checkAnswers(asked: string, targets: Tensor): void {
  if (targets.symbolic) return;
  const { data } = targets;
  const at = data.findIndex((target) => target !== 0 && target !== 1);
  if (at < 0) return;
  throw new ShapeError(
    `${asked}: targets must be 0 or 1, got ${data[at]} in row ${Math.floor(at / (data.length / targets.shape[0]!))}. ` +
      `Use accuracy for more than two classes.`,
  );
}
