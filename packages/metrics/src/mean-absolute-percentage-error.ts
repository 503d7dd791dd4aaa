import { checkNumber } from '@nn/tensor';
import type { Metric } from './metric.ts';
import { type ErrorOptions, meanLoss } from './regression.ts';

/** The options of `meanAbsolutePercentageError`. */
export interface MeanAbsolutePercentageErrorOptions extends ErrorOptions {
  /** Targets closer to 0 than this count as this large; 2⁻⁵² unless given. */
  readonly epsilon?: number | undefined;
}

/**
 * The mean distance of predictions from their targets, as a fraction of the target.
 *
 *   1/N · Σₙ |predictionₙ − targetₙ| / max(|targetₙ|, ε)
 *
 * As in scikit-learn it is a fraction, not in percent: 0.15 is 15 %. The loss of this name in @nn/losses is in percent, as
 * in Keras. A target of 0 makes it very large.
 *
 * @param prediction  shape [N] or [N, outputs]
 * @param target      the right values, of the same shape
 * @returns           scalar, float64; with `average: 'none'` one number for each output
 * @throws ShapeError when the shapes differ
 * @throws RangeError when epsilon is not positive
 * @throws TypeError when an option is unknown
 * @example String(meanAbsolutePercentageError(tensor([9, 17]), tensor([8, 16])))   // 0.09375
 */
export const meanAbsolutePercentageError: Metric<MeanAbsolutePercentageErrorOptions> =
  meanLoss<MeanAbsolutePercentageErrorOptions>(
    'meanAbsolutePercentageError',
    ['epsilon'],
    (prediction, target, { epsilon = Number.EPSILON }) => {
      const fits = epsilon > 0 && epsilon < Infinity;
      checkNumber(
        'meanAbsolutePercentageError',
        'epsilon',
        epsilon,
        fits,
        'a positive number',
        'Leave it out for 2e-16.',
      );
      return prediction.sub(target).abs().div(target.abs().maximum(epsilon));
    },
  );
