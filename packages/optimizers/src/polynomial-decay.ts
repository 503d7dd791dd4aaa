import { checkOptions } from '@nn/tensor';
import { checkNonNegative } from './check-non-negative.ts';
import { checkSteps } from './check-steps.ts';
import { float64, formula, type Schedule } from './learning-rate.ts';

/** Options of `polynomialDecay`. */
export interface PolynomialDecayOptions {
  /** The step from which on the rate stays at its minimum. */
  readonly steps: number;
  /** 1 for a straight line. Default 1. */
  readonly power?: number;
  /** The last rate. Default 0. */
  readonly minimum?: number;
}

/**
 * A learning rate that falls to a minimum along a power of the remaining time.
 *
 *   η(t) = minimum + (learningRate − minimum) · (1 − min(t, steps) / steps)^power
 *
 * @param learningRate  the rate of the first step
 * @returns  a schedule, for the option `learningRate` of an optimizer
 * @throws RangeError, TypeError when a number is out of range
 * @example [0, 1, 2, 3].map((t) => polynomialDecay(1, { steps: 2, power: 2 })(tensor(t)).item()).join(' ')   // 1 0.25 0 0
 * @see PyTorch: PolynomialLR; Keras: PolynomialDecay
 */
/* @__NO_SIDE_EFFECTS__ */
export function polynomialDecay(learningRate: number, options: PolynomialDecayOptions): Schedule {
  const caller = 'polynomialDecay';
  const { steps, power = 1, minimum = 0 } = checkOptions(caller, options, ['steps', 'power', 'minimum']);
  checkNonNegative(caller, 'learningRate', learningRate);
  checkSteps(caller, 'steps', steps);
  checkNonNegative(caller, 'power', power);
  checkNonNegative(caller, 'minimum', minimum);
  return formula((t) => {
    const remaining = float64(1).sub(t.minimum(steps).div(steps));
    return remaining
      .pow(power)
      .mul(learningRate - minimum)
      .add(minimum);
  });
}
