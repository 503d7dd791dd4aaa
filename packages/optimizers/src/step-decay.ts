import { checkOptions } from '@nn/tensor';
import { checkNonNegative } from './check-non-negative.ts';
import { checkSteps } from './check-steps.ts';
import { float64, formula, type Schedule } from './learning-rate.ts';

/** Options of `stepDecay`. */
export interface StepDecayOptions {
  /** The number of steps at each rate. */
  readonly every: number;
  /** Multiplies the rate after them. Default 0.1. */
  readonly factor?: number;
}

/**
 * A learning rate that is multiplied by a factor again and again.
 *
 *   η(t) = learningRate · factor^⌊t / every⌋          t = steps taken before, from 0
 *
 * @param learningRate  the rate of the first step
 * @returns  a schedule, for the option `learningRate` of an optimizer
 * @throws RangeError, TypeError when a number is out of range
 * @example [0, 1, 2].map((t) => stepDecay(0.5, { every: 2 })(tensor(t)).item()).join(' ')   // 0.5 0.5 0.05
 * @see PyTorch: StepLR
 */
/* @__NO_SIDE_EFFECTS__ */
export function stepDecay(learningRate: number, options: StepDecayOptions): Schedule {
  const caller = 'stepDecay';
  const { every, factor = 0.1 } = checkOptions(caller, options, ['every', 'factor']);
  checkNonNegative(caller, 'learningRate', learningRate);
  checkSteps(caller, 'every', every);
  checkNonNegative(caller, 'factor', factor);
  return formula((t) => float64(factor).pow(t.div(every).floor()).mul(learningRate));
}
