import { checkOptions } from '@nn/tensor';
import { checkNonNegative } from './check-non-negative.ts';
import type { Schedule } from './learning-rate.ts';
import { cycleOf, cycleOptions, type CycleOptions } from './one-cycle.ts';

/** Options of `oneCycleMomentum`. */
export interface OneCycleMomentumOptions extends CycleOptions {
  /** The momentum while the rate is highest. Default 0.85. */
  readonly minimum?: number;
  /** The first and the last momentum. Default 0.95. */
  readonly maximum?: number;
}

/**
 * The momentum beside `oneCycle`: it falls while the learning rate rises, and rises while the rate falls.
 *
 * @returns  a schedule, for the option `momentum` of `sgd` and `rmsprop`
 * @throws RangeError, TypeError when an option is out of range
 * @example
 * const momentum = oneCycleMomentum({ steps: 5, rising: 0.6, minimum: 0.5, maximum: 1, anneal: 'linear' });
 * [0, 1, 2, 3, 4].map((t) => momentum(tensor(t)).item()).join(' ')   // 1 0.75 0.5 0.75 1
 * @see Smith, Topin, Super-Convergence: Very Fast Training of Neural Networks Using Large Learning Rates (2019)
 */
/* @__NO_SIDE_EFFECTS__ */
export function oneCycleMomentum(options: OneCycleMomentumOptions): Schedule {
  const caller = 'oneCycleMomentum';
  const {
    minimum = 0.85,
    maximum = 0.95,
    ...cycle
  } = checkOptions(caller, options, [...cycleOptions, 'minimum', 'maximum']);
  checkNonNegative(caller, 'minimum', minimum);
  checkNonNegative(caller, 'maximum', maximum);
  return cycleOf(caller, [maximum, minimum, maximum, maximum], cycle);
}
