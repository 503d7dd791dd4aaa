import { checkOptions } from '@nn/tensor';
import { checkNonNegative } from './check-non-negative.ts';
import { checkSteps } from './check-steps.ts';
import { float64, formula, type Schedule } from './learning-rate.ts';

/** Options of `inverseTimeDecay`. */
export interface InverseTimeDecayOptions {
  /** How fast the rate falls: after `steps` / `decay` steps half of it is left. */
  readonly decay: number;
  /** Default 1. */
  readonly steps?: number;
}

/**
 * A learning rate that falls with the inverse of the time, as the option `decay` of each optimizer makes it.
 *
 *   η(t) = learningRate / (1 + decay · t / steps)
 *
 * @param learningRate  the rate of the first step
 * @returns  a schedule, for the option `learningRate` of an optimizer
 * @throws RangeError, TypeError when a number is out of range
 * @example [0, 1, 3].map((t) => inverseTimeDecay(1, { decay: 1 })(tensor(t)).item()).join(' ')   // 1 0.5 0.25
 * @see Keras: InverseTimeDecay
 */
/* @__NO_SIDE_EFFECTS__ */
export function inverseTimeDecay(learningRate: number, options: InverseTimeDecayOptions): Schedule {
  const caller = 'inverseTimeDecay';
  const { decay, steps = 1 } = checkOptions(caller, options, ['decay', 'steps']);
  checkNonNegative(caller, 'learningRate', learningRate);
  checkNonNegative(caller, 'decay', decay);
  checkSteps(caller, 'steps', steps);
  return formula((t) => float64(learningRate).div(t.mul(decay / steps).add(1)));
}
