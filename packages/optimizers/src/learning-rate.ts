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
export function schedule(caller: string, learningRate: number | Schedule, decay: number): Schedule {
  if (typeof learningRate !== 'function') checkNonNegative(caller, 'learningRate', learningRate);
  checkNonNegative(caller, 'decay', decay);
  return (iteration) => {
    const rate =
      typeof learningRate === 'function'
        ? checkRate(caller, learningRate(iteration))
        : full([], learningRate, { dtype: 'float64' });
    return decay === 0 ? rate : rate.div(iteration.mul(decay).add(1));
  };
}

function checkRate(caller: string, rate: Tensor): Tensor {
  const name = `${caller}: the rate of the schedule`;
  return checkLike(checkTensor(rate, name).cast('float64'), { shape: [], dtype: 'float64' }, name);
}
