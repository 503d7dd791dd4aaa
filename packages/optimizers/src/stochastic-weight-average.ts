import { checkOptions } from '@nn/tensor';
import { checkSteps } from './check-steps.ts';
import type { NestedVariables } from './nested.ts';
import { type WeightAverage, weightAverage } from './weight-average.ts';

/** Options of `stochasticWeightAverage`. */
export interface StochasticWeightAverageOptions {
  /** The update, from 1, that takes the first parameters into the average. Default 1. */
  readonly start?: number;
  /** Only each so-many-th update from then on counts, such as the last of an epoch. Default 1. */
  readonly every?: number;
}

/**
 * The equal average of the parameters at several steps near the end of a training (SWA).
 *
 *   a ← a + (θ − a) / n          in updates start, start + every, …; n = how many were taken, this one included
 *
 * Before the first, the average is the parameters themselves.
 *
 * @param parameters  variables by name: `model.parameters`
 * @returns  the average, with update(), values(), use(run) and state
 * @throws RangeError, TypeError when an option is out of range
 * @throws DTypeError when a parameter is no variable, or not floating
 * @example
 * const w = variable(tensor([0]));
 * const average = stochasticWeightAverage({ w }, { start: 2 });
 * for (const value of [9, 1, 3]) { w.assign(tensor([value])); average.update(); }
 * average.use(() => String(w))   // [2.]
 * @see Izmailov et al., Averaging Weights Leads to Wider Optima and Better Generalization (2018)
 */
/* @__NO_SIDE_EFFECTS__ */
export function stochasticWeightAverage(
  parameters: NestedVariables,
  options: StochasticWeightAverageOptions = {},
): WeightAverage {
  const caller = 'stochasticWeightAverage';
  const { start = 1, every = 1 } = checkOptions(caller, options, ['start', 'every']);
  checkSteps(caller, 'start', start);
  checkSteps(caller, 'every', every);
  return weightAverage(caller, parameters, {
    update(updates) {
      // How many were taken with this one, and whether this is one: since the start, in units of `every`.
      const since = updates.add(1 - start).div(every);
      const taken = since.floor().add(1).maximum(0);
      const takes = since.equal(since.floor());
      return (average, parameter) => {
        const next = average.add(parameter.sub(average).div(taken.maximum(1).cast(average.dtype)));
        return taken.lessEqual(takes.cast('float64')).where(parameter, takes.where(next, average));
      };
    },
  });
}
