import { checkOption } from './option.ts';
import { type Optimizer, optimizer, type OptimizerOptions, type Parameters } from './optimizer.ts';

/** What `rmsprop` can be told. */
export interface RmspropOptions extends OptimizerOptions {
  /** What keeps the division finite; added after the root. */
  readonly epsilon?: number;
  /** The share of the old in the running average of squares. */
  readonly rho?: number;
  /** The share of the last step that is taken again; 0, the default, for none. */
  readonly momentum?: number;
  /** Divides by the deviation of the gradients instead of by the root of their mean square. */
  readonly centered?: boolean;
}

/**
 * RMSProp: each number has its own rate, the smaller the larger its gradients were of late.
 *
 *   c ← ρ·c + (1 − ρ)·g²
 *   θ ← θ − η·g / (√c + ε)
 *
 * where η = learningRate / (1 + decay · iteration). Centered, c is lessened by the square of the running mean of g;
 * with momentum μ, the update is added to μ times the last one.
 *
 * @param parameters    variables by name: `model.parameters`
 * @param learningRate  η, 0.001 unless told otherwise
 * @param epsilon       ε, 1e-7 unless told otherwise
 * @param rho           ρ, 0.9 unless told otherwise
 * @throws RangeError when an option is out of its range
 * @throws TypeError when there is no parameter
 * @example
 * const w = variable(tensor([1, 2]));
 * rmsprop({ w }, { learningRate: 0.1, rho: 0.75 }).step({ w: tensor([4, -1]) });
 * String(w)   // [0.8 2.2]
 * @see Hinton, Neural Networks for Machine Learning (2012), lecture 6e
 */
/* @__NO_SIDE_EFFECTS__ */
export function rmsprop(
  parameters: Parameters,
  { learningRate = 0.001, epsilon = 1e-7, rho = 0.9, momentum = 0, centered = false, ...options }: RmspropOptions = {},
): Optimizer {
  checkOption('rmsprop', 'epsilon', epsilon);
  checkOption('rmsprop', 'rho', rho, 1);
  checkOption('rmsprop', 'momentum', momentum);
  return optimizer(
    {
      name: 'rmsprop',
      remembers: { cache: 0, mean: centered ? 0 : undefined, momentum: momentum === 0 ? undefined : 0 },
      rule:
        ({ rate }) =>
        (parameter, gradient, memory) => {
          const cache = memory.cache.mul(rho).add(gradient.mul(gradient).mul(1 - rho));
          const mean = memory.mean?.mul(rho).add(gradient.mul(1 - rho));
          // A mean square is never less than the square of the mean, but for rounding.
          const spread = mean ? cache.sub(mean.mul(mean)).maximum(0) : cache;
          const own = gradient.mul(rate).div(spread.sqrt().add(epsilon));
          const update = memory.momentum?.mul(momentum).add(own) ?? own;
          return { parameter: parameter.sub(update), memory: { cache, mean, momentum: update } };
        },
    },
    parameters,
    { learningRate, ...options },
  );
}
