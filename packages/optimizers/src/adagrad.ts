import { checkNonNegative } from './check-non-negative.ts';
import type { NestedVariables } from './nested.ts';
import { type Grouped, type Optimizer, optimizer, type OptimizerOptions, optimizerOptions, rule } from './optimizer.ts';

/** Options of `adagrad`. */
export interface AdagradOptions extends OptimizerOptions {
  /** Keeps the division finite. Added after the root. Default 1e-7. */
  readonly epsilon?: number;
  /** The initial sum of squares. Default 0. */
  readonly initialCache?: number;
}

/**
 * AdaGrad: each number has a learning rate of its own, which falls with the sum of its squared gradients.
 *
 *   c ← c + g²
 *   θ ← θ − η·g / (√c + ε)
 *
 * where η = learningRate / (1 + decay · iteration).
 *
 * @param parameters    variables by name: `model.parameters`
 * @param learningRate  η, default 1
 * @param epsilon       ε, default 1e-7
 * @param initialCache  c before the first step, default 0
 * @throws RangeError when an option is out of range
 * @throws TypeError when there is no parameter, or an option is unknown
 * @example
 * const w = variable(tensor([1, 2]));
 * adagrad({ w }, { learningRate: 0.5 }).step({ w: tensor([3, -0.1]) });
 * String(w)   // [0.5       2.4999995]
 * @see Duchi, Hazan, Singer, Adaptive Subgradient Methods for Online Learning and Stochastic Optimization (2011)
 */
/* @__NO_SIDE_EFFECTS__ */
export function adagrad(parameters: NestedVariables, options: Grouped<AdagradOptions> = {}): Optimizer {
  return optimizer<AdagradOptions>(
    {
      name: 'adagrad',
      options: [...optimizerOptions, 'epsilon', 'initialCache'],
      defaults: { learningRate: 1 },
      rule({ epsilon = 1e-7, initialCache = 0 }, caller) {
        checkNonNegative(caller, 'epsilon', epsilon);
        checkNonNegative(caller, 'initialCache', initialCache);
        return rule({
          slots: { cache: initialCache },
          update:
            ({ rate }) =>
            (parameter, gradient, state) => {
              const cache = state.cache.add(gradient.mul(gradient));
              const change = gradient.mul(rate).div(cache.sqrt().add(epsilon));
              return { parameter: parameter.sub(change), state: { cache } };
            },
        });
      },
    },
    parameters,
    options,
  );
}
