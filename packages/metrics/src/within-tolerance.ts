import { checkNumber } from '@nn/tensor';
import { checkOneShape } from './one-shape.ts';
import type { Metric } from './metric.ts';
import { score, type ScoreOptions } from './score.ts';

/** The options of `withinTolerance`. */
export interface WithinToleranceOptions extends ScoreOptions {
  /** How far a prediction may be from its target, in the units of the target. */
  readonly tolerance?: number | undefined;
}

const caller = 'withinTolerance';

/**
 * The fraction of predicted quantities that are close enough to their targets.
 *
 *   accuracy = mean of [|prediction − target| < tolerance  or  prediction = target]
 *
 * The tolerance is the standard deviation of the targets / 250 unless given. An exact prediction always counts, also
 * when the tolerance is 0. For batches give the tolerance of all targets, so that it is the same in each batch.
 *
 * @param prediction  shape [N] or [N, quantities]
 * @param target      the right values, of the same shape
 * @returns           scalar, float64; NaN when there are no samples
 * @throws ShapeError when the shapes differ
 * @throws RangeError when the tolerance is negative or not finite
 * @throws TypeError when an option is unknown
 * @example String(withinTolerance(tensor([1, 2.1, 3]), tensor([1.01, 2, 3]), { tolerance: 0.05 }))   // 0.6666666666666666
 * @see Kinsley, Kukieła, Neural Networks from Scratch in Python (2020), ch. 17
 */
export const withinTolerance: Metric<WithinToleranceOptions> = score(
  caller,
  ['tolerance'],
  (prediction, target, { tolerance }) => {
    checkOneShape(caller, prediction, target);
    if (tolerance !== undefined) {
      const fits = tolerance >= 0 && tolerance < Infinity;
      const hint = 'Leave it out for the standard deviation of the targets / 250.';
      checkNumber(caller, 'tolerance', tolerance, fits, 'a finite number, at least 0', hint);
    }
    const error = prediction.sub(target).abs();
    return error.less(tolerance ?? target.std().div(250)).logicalOr(error.equal(0));
  },
);
