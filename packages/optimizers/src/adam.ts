import { adamRule } from './adam-rule.ts';
import type { NestedVariables } from './nested.ts';
import { type Grouped, type Optimizer, optimizer, type OptimizerOptions, optimizerOptions } from './optimizer.ts';

/** Options of `adam`. */
export interface AdamOptions extends OptimizerOptions {
  /** Keeps the division finite. Added after the root. Default 1e-7. */
  readonly epsilon?: number;
  /** The decay rate of the running mean of the gradients. Default 0.9. */
  readonly beta1?: number;
  /** The decay rate of the running mean of the squared gradients. Default 0.999. */
  readonly beta2?: number;
  /** Divides by the largest mean square so far instead of the current one. Default false. */
  readonly amsgrad?: boolean;
}

/**
 * Adam: momentum, and a learning rate of its own for each number.
 *
 *   m ← β₁·m + (1 − β₁)·g        m̂ = m / (1 − β₁ᵗ⁺¹)
 *   c ← β₂·c + (1 − β₂)·g²       ĉ = c / (1 − β₂ᵗ⁺¹)
 *   θ ← θ − η·m̂ / (√ĉ + ε)
 *
 * where t is the number of steps taken before and η = learningRate / (1 + decay · t). The division by 1 − βᵗ⁺¹ corrects
 * the bias of m and c, which start at 0. Denormal m and c are set to 0: those of a gradient that stays 0 reach 0.
 *
 * @param parameters    variables by name: `model.parameters`
 * @param learningRate  η, default 0.001
 * @param epsilon       ε, default 1e-7 (PyTorch: 1e-8)
 * @param beta1         β₁, default 0.9
 * @param beta2         β₂, default 0.999
 * @throws RangeError when an option is out of range
 * @throws TypeError when there is no parameter, or an option is unknown
 * @example
 * const w = variable(tensor([1, 2]));
 * adam({ w }, { learningRate: 0.5 }).step({ w: tensor([3, -3]) });
 * String(w)   // [0.5 2.5]
 * @see Kingma, Ba, Adam: A Method for Stochastic Optimization (2015)
 */
/* @__NO_SIDE_EFFECTS__ */
export function adam(parameters: NestedVariables, options: Grouped<AdamOptions> = {}): Optimizer {
  return optimizer<AdamOptions>(
    {
      name: 'adam',
      options: [...optimizerOptions, 'epsilon', 'beta1', 'beta2', 'amsgrad'],
      defaults: { learningRate: 0.001 },
      rule: adamRule,
    },
    parameters,
    options,
  );
}
