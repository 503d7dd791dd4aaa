import { checkOption } from './option.ts';
import { type Optimizer, optimizer, type OptimizerOptions, type Parameters } from './optimizer.ts';

/** What `adagrad` can be told. */
export interface AdagradOptions extends OptimizerOptions {
  /** What keeps the division finite; added after the root. */
  readonly epsilon?: number;
  /** With what the sums of squares start. */
  readonly initialCache?: number;
}

/**
 * AdaGrad: each number has its own rate, the smaller the more it was moved before.
 *
 *   c ← c + g²
 *   θ ← θ − η·g / (√c + ε)
 *
 * where η = learningRate / (1 + decay · iteration).
 *
 * @param parameters    variables by name: `model.parameters`
 * @param learningRate  η, 1 unless told otherwise
 * @param epsilon       ε, 1e-7 unless told otherwise
 * @param initialCache  c before the first step, 0 unless told otherwise
 * @throws RangeError when an option is out of its range
 * @throws TypeError when there is no parameter
 * @example
 * const w = variable(tensor([1, 2]));
 * adagrad({ w }, { learningRate: 0.5 }).step({ w: tensor([3, -0.1]) });
 * String(w)   // [0.5       2.4999995]
 * @see Duchi, Hazan, Singer, Adaptive Subgradient Methods for Online Learning and Stochastic Optimization (2011)
 */
/* @__NO_SIDE_EFFECTS__ */
export function adagrad(
  parameters: Parameters,
  { learningRate = 1, epsilon = 1e-7, initialCache = 0, ...options }: AdagradOptions = {},
): Optimizer {
  checkOption('adagrad', 'epsilon', epsilon);
  checkOption('adagrad', 'initialCache', initialCache);
  return optimizer(
    {
      name: 'adagrad',
      remembers: { cache: initialCache },
      rule:
        ({ rate }) =>
        (parameter, gradient, memory) => {
          const cache = memory.cache.add(gradient.mul(gradient));
          const update = gradient.mul(rate).div(cache.sqrt().add(epsilon));
          return { parameter: parameter.sub(update), memory: { cache } };
        },
    },
    parameters,
    { learningRate, ...options },
  );
}
