import { checkOptions } from '@nn/tensor';
import { checkNonNegative } from './check-non-negative.ts';
import { checkSteps } from './check-steps.ts';
import { float64, formula, type Schedule } from './learning-rate.ts';

/** Options of `exponentialDecay`. */
export interface ExponentialDecayOptions {
  /** Multiplies the rate once in so many `steps`. */
  readonly factor: number;
  /** Default 1. */
  readonly steps?: number;
}

/**
 * A learning rate that falls by the same factor in each step.
 *
 *   η(t) = learningRate · factor^(t / steps)
 *
 * @param learningRate  the rate of the first step
 * @returns  a schedule, for the option `learningRate` of an optimizer
 * @throws RangeError, TypeError when a number is out of range
 * @example [0, 1, 2].map((t) => exponentialDecay(1, { factor: 0.5 })(tensor(t)).item()).join(' ')   // 1 0.5 0.25
 * @see PyTorch: ExponentialLR; Keras: ExponentialDecay
 */
/* @__NO_SIDE_EFFECTS__ */
export function exponentialDecay(learningRate: number, options: ExponentialDecayOptions): Schedule {
  const caller = 'exponentialDecay';
  const { factor, steps = 1 } = checkOptions(caller, options, ['factor', 'steps']);
  checkNonNegative(caller, 'learningRate', learningRate);
  checkNonNegative(caller, 'factor', factor);
  checkSteps(caller, 'steps', steps);
  return formula((t) => float64(factor).pow(t.div(steps)).mul(learningRate));
}
