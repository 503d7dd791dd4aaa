import { checkNumber, type Tensor } from '@nn/tensor';
import { checkBeside } from './beside.ts';
import { score, type ScoreOptions } from './score.ts';

/** What `regressionAccuracy` can be told. */
export interface RegressionAccuracyOptions extends ScoreOptions {
  /** How far from its target a prediction may be, in the units of the target. */
  readonly band?: number | undefined;
}

/**
 * The share of quantities that were predicted to within a band.
 *
 *   accuracy = mean of [|prediction − target| < band]
 *
 * The band is the standard deviation of the targets / 250 unless told otherwise. For batches give the band of all
 * targets, so that it is the same in each.
 *
 * @param prediction  shape [N] or [N, quantities]
 * @param target      the right values, of the same shape
 * @returns           scalar, float64; NaN when there are no samples
 * @throws ShapeError when the shapes differ
 * @throws RangeError when the band is not a number above 0
 * @example String(regressionAccuracy(tensor([1, 2.1, 3]), tensor([1.01, 2, 3]), { band: 0.05 }))   // 0.6666666666666666
 * @see Kinsley, Kukieła, Neural Networks from Scratch in Python (2020), ch. 17
 */
export function regressionAccuracy(
  prediction: Tensor,
  target: Tensor,
  { band, ...options }: RegressionAccuracyOptions = {},
): Tensor {
  const asked = 'regressionAccuracy';
  checkBeside(asked, prediction, target);
  if (band !== undefined) {
    const mend = 'Leave it out for the deviation of the targets / 250.';
    checkNumber(asked, 'band', band, band > 0, 'a number above 0', mend);
  }
  return score(
    asked,
    prediction
      .sub(target)
      .abs()
      .less(band ?? target.std().div(250)),
    options,
  );
}
