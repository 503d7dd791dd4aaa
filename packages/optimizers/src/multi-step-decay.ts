import { checkOptions } from '@nn/tensor';
import { checkNonNegative } from './check-non-negative.ts';
import { checkSteps } from './check-steps.ts';
import { float64, formula, type Schedule } from './learning-rate.ts';

/** Options of `multiStepDecay`. */
export interface MultiStepDecayOptions {
  /** The steps from which on the rate is multiplied once more. */
  readonly milestones: readonly number[];
  /** Multiplies the rate at each milestone. Default 0.1. */
  readonly factor?: number;
}

/**
 * A learning rate that is multiplied by a factor at given steps.
 *
 *   η(t) = learningRate · factor^n          n = how many milestones are ≤ t
 *
 * @param learningRate  the rate of the first step
 * @returns  a schedule, for the option `learningRate` of an optimizer
 * @throws RangeError, TypeError when a number is out of range
 * @example [0, 2, 5].map((t) => multiStepDecay(1, { milestones: [2, 4], factor: 0.5 })(tensor(t)).item()).join(' ')   // 1 0.5 0.25
 * @see PyTorch: MultiStepLR
 */
/* @__NO_SIDE_EFFECTS__ */
export function multiStepDecay(learningRate: number, options: MultiStepDecayOptions): Schedule {
  const caller = 'multiStepDecay';
  const { milestones, factor = 0.1 } = checkOptions(caller, options, ['milestones', 'factor']);
  checkNonNegative(caller, 'learningRate', learningRate);
  checkNonNegative(caller, 'factor', factor);
  milestones.forEach((milestone, at) => checkSteps(caller, `milestones[${at}]`, milestone));
  return formula((t) => {
    const passed = milestones.reduce((count, milestone) => count.add(t.greaterEqual(milestone)), float64(0));
    return float64(factor).pow(passed).mul(learningRate);
  });
}
