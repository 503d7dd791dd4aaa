import type { Tensor } from '@nn/tensor';
import { checkNonNegative } from './check-non-negative.ts';
import { type Schedule, scheduled } from './learning-rate.ts';
import type { NestedVariables } from './nested.ts';
import { type Grouped, type Optimizer, optimizer, type OptimizerOptions, optimizerOptions, rule } from './optimizer.ts';

/** Options of `rmsprop`. */
export interface RmspropOptions extends OptimizerOptions {
  /** Keeps the division finite. Added after the root. Default 1e-7. */
  readonly epsilon?: number;
  /** The decay rate of the running mean of the squared gradients. Default 0.9. */
  readonly rho?: number;
  /** The part of the last update that is added to the next, or a schedule of it. Default 0. */
  readonly momentum?: number | Schedule;
  /** Divides by the standard deviation of the gradients instead of the root of their mean square. Default false. */
  readonly centered?: boolean;
}

/**
 * RMSProp: each number has a learning rate of its own, which falls when its recent gradients are large.
 *
 *   c ← ρ·c + (1 − ρ)·g²
 *   θ ← θ − η·g / (√c + ε)
 *
 * where η = learningRate / (1 + decay · iteration). With `centered`, the square of the running mean of g is subtracted
 * from c under the root. With momentum μ, μ times the last update is added to each update. Denormal running averages are
 * set to 0: those of a gradient that stays 0 reach 0.
 *
 * @param parameters    variables by name: `model.parameters`
 * @param learningRate  η, default 0.001
 * @param epsilon       ε, default 1e-7
 * @param rho           ρ, default 0.9
 * @throws RangeError when an option is out of range
 * @throws TypeError when there is no parameter, or an option is unknown
 * @example
 * const w = variable(tensor([1, 2]));
 * rmsprop({ w }, { learningRate: 0.1, rho: 0.75 }).step({ w: tensor([4, -1]) });
 * String(w)   // [0.8 2.2]
 * @see Hinton, Neural Networks for Machine Learning (2012), lecture 6e
 */
/* @__NO_SIDE_EFFECTS__ */
export function rmsprop(parameters: NestedVariables, options: Grouped<RmspropOptions> = {}): Optimizer {
  return optimizer<RmspropOptions>(
    {
      name: 'rmsprop',
      options: [...optimizerOptions, 'epsilon', 'rho', 'momentum', 'centered'],
      defaults: { learningRate: 0.001 },
      rule: rmspropRule,
    },
    parameters,
    options,
  );
}

function rmspropRule({ epsilon = 1e-7, rho = 0.9, momentum = 0, centered = false }: RmspropOptions, caller: string) {
  checkNonNegative(caller, 'epsilon', epsilon);
  checkNonNegative(caller, 'rho', rho, 1);
  const momentumAt = scheduled(caller, 'momentum', momentum);
  return rule({
    slots: { cache: 0, mean: centered ? 0 : undefined, momentum: momentum === 0 ? undefined : 0 },
    update: ({ rate, iteration, dtype }) => {
      const kept: Tensor | number = typeof momentum === 'number' ? momentum : momentumAt(iteration).cast(dtype);
      return (parameter, gradient, state) => {
        const cache = state.cache.mul(rho).add(gradient.mul(gradient).mul(1 - rho));
        const mean = state.mean?.mul(rho).add(gradient.mul(1 - rho));
        // Rounding can make the mean square smaller than the square of the mean.
        const variance = mean ? cache.sub(mean.mul(mean)).maximum(0) : cache;
        const scaled = gradient.mul(rate).div(variance.sqrt().add(epsilon));
        const change = state.momentum?.mul(kept).add(scaled) ?? scaled;
        return { parameter: parameter.sub(change), state: { cache, mean, momentum: change } };
      };
    },
  });
}
