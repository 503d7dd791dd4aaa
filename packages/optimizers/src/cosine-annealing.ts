import { checkOptions } from '@nn/tensor';
import { checkNonNegative } from './check-non-negative.ts';
import { checkSteps } from './check-steps.ts';
import { formula, type Schedule } from './learning-rate.ts';

/** Options of `cosineAnnealing`. */
export interface CosineAnnealingOptions {
  /** The step at which the rate is at its minimum. */
  readonly steps: number;
  /** The smallest rate. Default 0. */
  readonly minimum?: number;
}

/**
 * A learning rate that falls to a minimum along half a cosine. Afterwards it rises again in the same way, and so on.
 *
 *   η(t) = minimum + (learningRate − minimum) · (1 + cos(π · t / steps)) / 2
 *
 * @param learningRate  the rate of the first step
 * @returns  a schedule, for the option `learningRate` of an optimizer
 * @throws RangeError, TypeError when a number is out of range
 * @example [0, 2, 4].map((t) => cosineAnnealing(1, { steps: 4 })(tensor(t)).item()).join(' ')   // 1 0.5 0
 * @see Loshchilov, Hutter, SGDR: Stochastic Gradient Descent with Warm Restarts (2017)
 * @see PyTorch: CosineAnnealingLR. Keras's CosineDecay stays at the minimum.
 */
/* @__NO_SIDE_EFFECTS__ */
export function cosineAnnealing(learningRate: number, options: CosineAnnealingOptions): Schedule {
  const caller = 'cosineAnnealing';
  const { steps, minimum = 0 } = checkOptions(caller, options, ['steps', 'minimum']);
  checkNonNegative(caller, 'learningRate', learningRate);
  checkSteps(caller, 'steps', steps);
  checkNonNegative(caller, 'minimum', minimum);
  return formula((t) =>
    t
      .mul(Math.PI / steps)
      .cos()
      .add(1)
      .mul((learningRate - minimum) / 2)
      .add(minimum),
  );
}
