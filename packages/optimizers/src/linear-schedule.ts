import { checkOptions } from '@nn/tensor';
import { checkNonNegative } from './check-non-negative.ts';
import { checkSteps } from './check-steps.ts';
import { float64, formula, type Schedule } from './learning-rate.ts';

/** Options of `linearSchedule`. */
export interface LinearScheduleOptions {
  /** The rate of the first step. */
  readonly from: number;
  /** The rate after all steps. */
  readonly to: number;
  /** The step from which on the rate is `to`. */
  readonly steps: number;
}

/**
 * A learning rate that rises or falls along a line, and then stays.
 *
 *   η(t) = from + (to − from) · min(t, steps) / steps
 *
 * @returns  a schedule, for the option `learningRate` of an optimizer
 * @throws RangeError, TypeError when a number is out of range
 * @example [0, 1, 2, 3].map((t) => linearSchedule({ from: 0, to: 1, steps: 2 })(tensor(t)).item()).join(' ')   // 0 0.5 1 1
 * @see PyTorch: LinearLR
 */
/* @__NO_SIDE_EFFECTS__ */
export function linearSchedule(options: LinearScheduleOptions): Schedule {
  const caller = 'linearSchedule';
  const { from, to, steps } = checkOptions(caller, options, ['from', 'to', 'steps']);
  checkNonNegative(caller, 'from', from);
  checkNonNegative(caller, 'to', to);
  checkSteps(caller, 'steps', steps);
  return formula((t) =>
    float64(to - from)
      .mul(t.minimum(steps).div(steps))
      .add(from),
  );
}
