import { checkOptions, type Tensor } from '@nn/tensor';
import { checkNonNegative } from './check-non-negative.ts';
import { checkSteps } from './check-steps.ts';
import { float64, formula, type Schedule } from './learning-rate.ts';

/** Options of `cosineRestarts`. */
export interface CosineRestartsOptions {
  /** The number of steps until the first restart. */
  readonly steps: number;
  /** Multiplies the number of steps after each restart: a positive integer. Default 1. */
  readonly growth?: number;
  /** The smallest rate. Default 0. */
  readonly minimum?: number;
}

/**
 * A learning rate that falls to a minimum along half a cosine, jumps back to its first value, and falls again.
 *
 *   η(t) = minimum + (learningRate − minimum) · (1 + cos(π · s / length)) / 2
 *
 * where s is the number of steps since the last restart and length that until the next, steps · growthⁿ after n restarts.
 *
 * @param learningRate  the rate of the first step, and after each restart
 * @returns  a schedule, for the option `learningRate` of an optimizer
 * @throws RangeError, TypeError when a number is out of range
 * @example [0, 1, 2, 4].map((t) => cosineRestarts(1, { steps: 2, growth: 2 })(tensor(t)).item()).join(' ')   // 1 0.5 1 0.5
 * @see Loshchilov, Hutter, SGDR: Stochastic Gradient Descent with Warm Restarts (2017)
 * @see PyTorch: CosineAnnealingWarmRestarts
 */
/* @__NO_SIDE_EFFECTS__ */
export function cosineRestarts(learningRate: number, options: CosineRestartsOptions): Schedule {
  const caller = 'cosineRestarts';
  const { steps, growth = 1, minimum = 0 } = checkOptions(caller, options, ['steps', 'growth', 'minimum']);
  checkNonNegative(caller, 'learningRate', learningRate);
  checkSteps(caller, 'steps', steps);
  checkSteps(caller, 'growth', growth);
  checkNonNegative(caller, 'minimum', minimum);
  return formula((t) => {
    const cycle = growth === 1 ? cycleOfEqual(t, steps) : cycleOfGrowing(t, steps, growth);
    const wave = t.sub(cycle.start).div(cycle.length).mul(Math.PI).cos().add(1);
    return wave.mul((learningRate - minimum) / 2).add(minimum);
  });
}

/** The first step and the number of steps of the cycle that contains step t. */
interface Cycle {
  readonly start: Tensor;
  readonly length: Tensor;
}

function cycleOfEqual(t: Tensor, steps: number): Cycle {
  return { start: t.div(steps).floor().mul(steps), length: float64(steps) };
}

function cycleOfGrowing(t: Tensor, steps: number, growth: number): Cycle {
  const lengthOf = (restarts: Tensor): Tensor => float64(growth).pow(restarts).round().mul(steps);
  // Restart n is at step steps · (growthⁿ − 1) / (growth − 1).
  const startOf = (restarts: Tensor): Tensor =>
    lengthOf(restarts)
      .sub(steps)
      .div(growth - 1);
  // The logarithm may be rounded to either side of a whole number: the nearest one is right, or one too many.
  const nearest = t
    .mul((growth - 1) / steps)
    .add(1)
    .log()
    .div(Math.log(growth))
    .round();
  const restarts = startOf(nearest).lessEqual(t).where(nearest, nearest.sub(1));
  return { start: startOf(restarts), length: lengthOf(restarts) };
}
