import { checkOptions } from '@nn/tensor';
import { checkNonNegative } from './check-non-negative.ts';
import { checkSteps } from './check-steps.ts';
import { float64, formula, type Schedule } from './learning-rate.ts';

/** Options of `cyclicSchedule`. */
export interface CyclicScheduleOptions {
  /** The rate at the start of each cycle. */
  readonly minimum: number;
  /** The rate at the top of the first cycle. */
  readonly maximum: number;
  /** The number of steps in which the rate rises. */
  readonly up: number;
  /** The number of steps in which it falls. Default `up`. */
  readonly down?: number;
  /** Multiplies the height after each cycle. Default 1. */
  readonly cycleFactor?: number;
  /** Multiplies the height in each step. Default 1. */
  readonly stepFactor?: number;
}

/**
 * A learning rate that rises and falls again and again, along lines.
 *
 *   η(t) = minimum + (maximum − minimum) · triangle · cycleFactorⁿ · stepFactorᵗ
 *
 * where triangle rises from 0 to 1 in `up` steps and falls in `down` steps, and n is the number of whole cycles before.
 * PyTorch's modes are: `triangular` with the defaults, `triangular2` with cycleFactor 0.5, `exp_range` with a stepFactor.
 *
 * @returns  a schedule, for the option `learningRate` of an optimizer
 * @throws RangeError, TypeError when a number is out of range
 * @example [0, 1, 2, 3].map((t) => cyclicSchedule({ minimum: 0, maximum: 1, up: 2 })(tensor(t)).item()).join(' ')   // 0 0.5 1 0.5
 * @see Smith, Cyclical Learning Rates for Training Neural Networks (2017)
 * @see PyTorch: CyclicLR
 */
/* @__NO_SIDE_EFFECTS__ */
export function cyclicSchedule(options: CyclicScheduleOptions): Schedule {
  const caller = 'cyclicSchedule';
  const {
    minimum,
    maximum,
    up,
    down = up,
    cycleFactor = 1,
    stepFactor = 1,
  } = checkOptions(caller, options, ['minimum', 'maximum', 'up', 'down', 'cycleFactor', 'stepFactor']);
  for (const [name, value] of Object.entries({ minimum, maximum, cycleFactor, stepFactor })) {
    checkNonNegative(caller, name, value);
  }
  checkSteps(caller, 'up', up);
  checkSteps(caller, 'down', down);
  return formula((t) => {
    const cycles = t.div(up + down).floor();
    const since = t.sub(cycles.mul(up + down));
    const triangle = since.lessEqual(up).where(
      since.div(up),
      since
        .neg()
        .add(up + down)
        .div(down),
    );
    const height = float64(cycleFactor).pow(cycles).mul(float64(stepFactor).pow(t));
    return triangle
      .mul(height)
      .mul(maximum - minimum)
      .add(minimum);
  });
}
