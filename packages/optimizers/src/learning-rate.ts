import { checkLike, full, checkTensor, type Tensor } from '@nn/tensor';
import { checkOption } from './option.ts';

/**
 * A learning rate that depends on how many steps were taken: a function from the number of steps so far (a float64
 * scalar, 0 for the first step) to the rate (a scalar). It is written in tensors, so that a compiled step follows it.
 */
export type Schedule = (iteration: Tensor) => Tensor;

/** How large the steps are. */
export interface LearningRateOptions {
  /** The rate of the first step, or a schedule. */
  readonly learningRate?: number | Schedule;
  /** The rate falls as 1 / (1 + decay · iteration). 0, the default, keeps it. */
  readonly decay?: number;
}

/**
 * The rate as a function of the number of steps taken: learningRate / (1 + decay · iteration).
 *
 * It is computed in float64, whatever the parameters are, and rounded where it is used.
 */
export function schedule(asked: string, learningRate: number | Schedule, decay: number): Schedule {
  if (typeof learningRate !== 'function') checkOption(asked, 'learningRate', learningRate);
  checkOption(asked, 'decay', decay);
  return (iteration) => {
    const rate =
      typeof learningRate === 'function'
        ? checkRate(asked, learningRate(iteration))
        : full([], learningRate, { dtype: 'float64' });
    return decay === 0 ? rate : rate.div(iteration.mul(decay).add(1));
  };
}

function checkRate(asked: string, rate: Tensor): Tensor {
  const what = `${asked}: the rate of the schedule`;
  return checkLike(checkTensor(rate, what).cast('float64'), { shape: [], dtype: 'float64' }, what);
}
