import { checkNumber, checkOptions, checkValues, type Tensor } from '@nn/tensor';
import { checkOneShape } from './one-shape.ts';
import { score, type ScoreOptions, scoreOptions } from './score.ts';

/** The options of `binaryAccuracy`. */
export interface BinaryAccuracyOptions extends ScoreOptions {
  /** A probability above this is a yes. */
  readonly threshold?: number;
}

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
export function binaryAccuracy(probabilities: Tensor, targets: Tensor, options: BinaryAccuracyOptions = {}): Tensor {
  const caller = 'binaryAccuracy';
  const { threshold = 0.5, ...scored } = checkOptions(caller, options, ['threshold', ...scoreOptions]);
  checkOneShape(caller, probabilities, targets);
  const fits = threshold >= 0 && threshold <= 1;
  checkNumber(caller, 'threshold', threshold, fits, 'a number from 0 to 1', 'Leave it out for 0.5.');
  checkProbabilities(caller, probabilities);
  checkBinaryTargets(caller, targets);
  return score(caller, probabilities.greater(threshold).equal(targets.cast('bool')), scored);
}

/**
 * Refuses probabilities outside 0 … 1, and NaN. A few units in the last place above 1 pass, as the terms of a sum are
 * rounded.
 *
 * @throws RangeError with the first row that has one
 */
function checkProbabilities(caller: string, probabilities: Tensor): void {
  const highest = 1 + 4 * (probabilities.dtype === 'float64' ? Number.EPSILON : 2 ** -23);
  checkValues(
    caller,
    probabilities.greaterEqual(0).logicalAnd(probabilities.lessEqual(highest)),
    [probabilities],
    (at, [given]) =>
      new RangeError(
        `${caller}: probabilities must be between 0 and 1, got ${given!.data[at]} in row ${rowOf(at, given!)}. ` +
          `For logits write sigmoid(logits).`,
      ),
  );
}

/**
 * Refuses targets other than 0 and 1.
 *
 * @throws RangeError with the first row that has one
 */
function checkBinaryTargets(caller: string, targets: Tensor): void {
  checkValues(
    caller,
    targets.equal(0).logicalOr(targets.equal(1)),
    [targets],
    (at, [given]) =>
      new RangeError(
        `${caller}: targets must be 0 or 1, got ${given!.data[at]} in row ${rowOf(at, given!)}. ` +
          `Use accuracy for more than two classes.`,
      ),
  );
}

/** The row of the element that lies at `at` in the data. */
function rowOf(at: number, { size, shape }: Tensor): number {
  return Math.floor(at / (size / shape[0]!));
}
