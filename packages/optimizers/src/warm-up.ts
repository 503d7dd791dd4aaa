import { checkOptions } from '@nn/tensor';
import { checkNonNegative } from './check-non-negative.ts';
import { checkSteps } from './check-steps.ts';
import { float64, formula, type Schedule, scheduled } from './learning-rate.ts';

/** Options of `warmUp`. */
export interface WarmUpOptions {
  /** The number of steps in which the rate rises. */
  readonly steps: number;
  /** The rate of the first step. Default 0. */
  readonly from?: number;
}

/**
 * A schedule that begins with a warm-up: the rate rises along a line to the first rate of the schedule, which follows.
 *
 *   η(t) = from + (schedule(0) − from) · t / steps          t < steps
 *   η(t) = schedule(t − steps)                              from then on
 *
 * @param schedule  a schedule, or a number for a constant rate
 * @returns  a schedule, for the option `learningRate` of an optimizer
 * @throws RangeError, TypeError when a number is out of range
 * @example [0, 1, 2, 3].map((t) => warmUp(1, { steps: 2 })(tensor(t)).item()).join(' ')   // 0 0.5 1 1
 * @see Goyal et al., Accurate, Large Minibatch SGD: Training ImageNet in 1 Hour (2017), §2.2
 */
/* @__NO_SIDE_EFFECTS__ */
export function warmUp(schedule: number | Schedule, options: WarmUpOptions): Schedule {
  const caller = 'warmUp';
  const { steps, from = 0 } = checkOptions(caller, options, ['steps', 'from']);
  checkSteps(caller, 'steps', steps);
  checkNonNegative(caller, 'from', from);
  const rateAt = scheduled(caller, 'schedule', schedule);
  return formula((t) => {
    const rising = rateAt(float64(0)).sub(from).mul(t.div(steps)).add(from);
    return t.less(steps).where(rising, rateAt(t.sub(steps).maximum(0)));
  });
}
