import { full, type Tensor } from '@nn/tensor';
import { checkOption } from './option.ts';
import { type Optimizer, optimizer, type OptimizerOptions, type Parameters } from './optimizer.ts';

/** What `adam` can be told. */
export interface AdamOptions extends OptimizerOptions {
  /** What keeps the division finite; added after the root. */
  readonly epsilon?: number;
  /** The share of the old in the running mean of the gradients. */
  readonly beta1?: number;
  /** The share of the old in the running mean of their squares. */
  readonly beta2?: number;
  /** Divides by the largest mean square so far instead of by the present one. */
  readonly amsgrad?: boolean;
}

/**
 * Adam: momentum, and a rate of its own for each number.
 *
 *   m ← β₁·m + (1 − β₁)·g        m̂ = m / (1 − β₁ᵗ⁺¹)
 *   c ← β₂·c + (1 − β₂)·g²       ĉ = c / (1 − β₂ᵗ⁺¹)
 *   θ ← θ − η·m̂ / (√ĉ + ε)
 *
 * where t is the number of steps taken before and η = learningRate / (1 + decay · t). The division by 1 − βᵗ⁺¹ makes up
 * for the zeros with which m and c start.
 *
 * @param parameters    variables by name: `model.parameters`
 * @param learningRate  η, 0.001 unless told otherwise
 * @param epsilon       ε, 1e-7 unless told otherwise (PyTorch: 1e-8)
 * @param beta1         β₁, 0.9 unless told otherwise
 * @param beta2         β₂, 0.999 unless told otherwise
 * @throws RangeError when an option is out of its range
 * @throws TypeError when there is no parameter
 * @example
 * const w = variable(tensor([1, 2]));
 * adam({ w }, { learningRate: 0.5 }).step({ w: tensor([3, -3]) });
 * String(w)   // [0.5 2.5]
 * @see Kingma, Ba, Adam: A Method for Stochastic Optimization (2015)
 */
/* @__NO_SIDE_EFFECTS__ */
export function adam(
  parameters: Parameters,
  { learningRate = 0.001, epsilon = 1e-7, beta1 = 0.9, beta2 = 0.999, amsgrad = false, ...options }: AdamOptions = {},
): Optimizer {
  checkOption('adam', 'epsilon', epsilon);
  checkOption('adam', 'beta1', beta1, 1);
  checkOption('adam', 'beta2', beta2, 1);
  return optimizer(
    {
      name: 'adam',
      remembers: { momentum: 0, cache: 0, largest: amsgrad ? 0 : undefined },
      rule: ({ rate, iteration, dtype }) => {
        const step = iteration.add(1);
        const weight1 = filled(beta1, step).cast(dtype);
        const weight2 = filled(beta2, step).cast(dtype);
        return (parameter, gradient, memory) => {
          const momentum = memory.momentum.mul(beta1).add(gradient.mul(1 - beta1));
          const cache = memory.cache.mul(beta2).add(gradient.mul(gradient).mul(1 - beta2));
          const largest = memory.largest?.maximum(cache) ?? cache;
          const root = largest.div(weight2).sqrt();
          const update = momentum.div(weight1).mul(rate).div(root.add(epsilon));
          return { parameter: parameter.sub(update), memory: { momentum, cache, largest } };
        };
      },
    },
    parameters,
    { learningRate, ...options },
  );
}

/** How much of a running mean is filled with gradients after so many steps, the rest being the zero it began with. */
function filled(beta: number, steps: Tensor): Tensor {
  return full([], 1, { dtype: 'float64' }).sub(full([], beta, { dtype: 'float64' }).pow(steps));
}
