import { checkOptions } from '@nn/tensor';
import { biasCorrection } from './adam-rule.ts';
import { checkNonNegative } from './check-non-negative.ts';
import type { NestedVariables } from './nested.ts';
import { type WeightAverage, weightAverage } from './weight-average.ts';

/** Options of `exponentialMovingAverage`. */
export interface ExponentialMovingAverageOptions {
  /** The part of the average that is kept in each update. Default 0.999. */
  readonly decay?: number;
  /** Starts the average at 0 and corrects its bias, instead of starting it at the parameters. Default false. */
  readonly debias?: boolean;
  /** Starts with a decay of 1/10, which rises to `decay`: (1 + s) / (10 + s) in update s, from 0. Default false. */
  readonly warmup?: boolean;
}

/**
 * A running average of the parameters, which usually predicts better than the last parameters (EMA, Polyak averaging).
 *
 *   a ← decay·a + (1 − decay)·θ          after each step; a starts as θ
 *
 * With `debias` a starts at 0, and the average is a / (1 − decayⁿ) after n updates.
 *
 * @param parameters  variables by name: `model.parameters`
 * @returns  the average, with update(), values(), use(run) and state
 * @throws RangeError, TypeError when an option is out of range
 * @throws DTypeError when a parameter is no variable, or not floating
 * @example
 * const w = variable(tensor([0]));
 * const average = exponentialMovingAverage({ w }, { decay: 0.75 });
 * w.assign(tensor([4]));
 * average.update();
 * average.use(() => String(w))   // [1.]
 * @see Polyak, Juditsky, Acceleration of Stochastic Approximation by Averaging (1992)
 */
/* @__NO_SIDE_EFFECTS__ */
export function exponentialMovingAverage(
  parameters: NestedVariables,
  options: ExponentialMovingAverageOptions = {},
): WeightAverage {
  const caller = 'exponentialMovingAverage';
  const {
    decay = 0.999,
    debias = false,
    warmup = false,
  } = checkOptions(caller, options, ['decay', 'debias', 'warmup']);
  checkNonNegative(caller, 'decay', decay, 1);
  if (debias && warmup) {
    throw new TypeError(
      `${caller}: debias and warmup both correct the start of the average, got both. Choose one of them.`,
    );
  }
  return weightAverage(caller, parameters, {
    ...(debias && {
      initial: 0,
      // Before any update 0 / 0 would be NaN.
      value: (average, parameter, updates) =>
        updates.equal(0).where(parameter, average.div(biasCorrection(decay, updates).cast(average.dtype))),
    }),
    update(updates) {
      if (!warmup) return (average, parameter) => average.mul(decay).add(parameter.mul(1 - decay));
      const kept = updates.add(1).div(updates.add(10)).minimum(decay);
      return (average, parameter) => {
        const part = kept.cast(average.dtype);
        return average.mul(part).add(parameter.mul(part.neg().add(1)));
      };
    },
  });
}
