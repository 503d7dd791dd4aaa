import { checkNumber, checkOptions } from '@nn/tensor';
import { checkSteps } from './check-steps.ts';
import { formula, type Schedule, scheduled } from './learning-rate.ts';

/** Options of `sequentialSchedule`. */
export interface SequentialScheduleOptions {
  /** The steps at which the next schedule begins, ascending: one fewer than there are schedules. */
  readonly boundaries: readonly number[];
}

/**
 * Schedules one after the other. Each counts its steps from its own beginning. A number is a constant rate.
 *
 *   η(t) = scheduleₙ(t − boundaryₙ)          n = how many boundaries are ≤ t
 *
 * @param schedules  schedules and numbers
 * @returns  a schedule, for the option `learningRate` of an optimizer
 * @throws RangeError, TypeError when the boundaries do not ascend, or are not one fewer than the schedules
 * @example [1, 2, 3].map((t) => sequentialSchedule([0.5, (t) => t], { boundaries: [2] })(tensor(t)).item()).join(' ')   // 0.5 0 1
 * @see PyTorch: SequentialLR, ConstantLR; Keras: PiecewiseConstantDecay
 */
/* @__NO_SIDE_EFFECTS__ */
export function sequentialSchedule(
  schedules: readonly (number | Schedule)[],
  options: SequentialScheduleOptions,
): Schedule {
  const caller = 'sequentialSchedule';
  const { boundaries } = checkOptions(caller, options, ['boundaries']);
  const count = boundaries.length;
  const requirement = `${schedules.length - 1}, one fewer than the schedules`;
  const hint = 'Name the step at which each schedule but the first begins.';
  checkNumber(caller, 'the number of boundaries', count, count === schedules.length - 1, requirement, hint);
  boundaries.forEach((boundary, at) => {
    const before = boundaries[at - 1] ?? 0;
    checkSteps(caller, `boundaries[${at}]`, boundary);
    checkNumber(caller, `boundaries[${at}]`, boundary, boundary > before, `above ${before}`, 'Sort them.');
  });
  const [first, ...later] = schedules.map((one, at) => scheduled(caller, `schedules[${at}]`, one));
  return formula((t) =>
    later.reduce(
      (rate, one, at) => t.less(boundaries[at]!).where(rate, one(t.sub(boundaries[at]!).maximum(0))),
      first!(t),
    ),
  );
}
