import { checkLike, checkTensor, full, type Tensor } from '@nn/tensor';
import { checkNonNegative } from './check-non-negative.ts';

/**
 * A learning rate that depends on the number of steps taken: a function from that number (a float64 scalar, 0 in the
 * first step) to the rate (a scalar). It is written in tensors, so that compiled steps compute it anew each time.
 */
export type Schedule = (iteration: Tensor) => Tensor;

/** Options for the learning rate. */
export interface LearningRateOptions {
  /** The rate of the first step, or a schedule. */
  readonly learningRate?: number | Schedule;
  /** Divides the rate by 1 + decay · iteration. Default 0: the rate stays the same. */
  readonly decay?: number;
}

/**
 * The rate as a function of the number of steps taken: learningRate / (1 + decay · iteration).
 *
 * It is computed in float64 whatever the dtype of the parameters, and rounded where it is used.
 */
export function rateOf(caller: string, learningRate: number | Schedule, decay: number): Schedule {
  const rateAt = scheduled(caller, 'learningRate', learningRate);
  checkNonNegative(caller, 'decay', decay);
  return (iteration) => {
    const rate = rateAt(iteration);
    return decay === 0 ? rate : rate.div(iteration.mul(decay).add(1));
  };
}

/**
 * A number or a schedule as a schedule that gives float64 scalars.
 *
 * @param name  the option
 * @throws RangeError, TypeError when it is a number that is negative or not finite, or of another kind
 */
export function scheduled(caller: string, name: string, value: number | Schedule): Schedule {
  if (typeof value !== 'function') {
    checkNonNegative(caller, name, value);
    return () => float64(value);
  }
  const what = `${caller}: the ${name === 'learningRate' ? 'rate of the schedule' : `${name} of the schedule`}`;
  return (iteration) =>
    checkLike(checkTensor(value(iteration), what).cast('float64'), { shape: [], dtype: 'float64' }, what);
}

/** A number as a float64 scalar. */
export function float64(value: number): Tensor {
  return full([], value, { dtype: 'float64' });
}

/**
 * A schedule from its formula, which is given the number of steps taken as a float64 scalar.
 */
export function formula(rateAt: (t: Tensor) => Tensor): Schedule {
  return (iteration) => rateAt(iteration.cast('float64'));
}
