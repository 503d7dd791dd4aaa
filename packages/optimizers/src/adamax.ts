import { biasCorrection } from './adam-rule.ts';
import { checkNonNegative } from './check-non-negative.ts';
import type { NestedVariables } from './nested.ts';
import { type Grouped, type Optimizer, optimizer, type OptimizerOptions, optimizerOptions, rule } from './optimizer.ts';

/** Options of `adamax`. */
export interface AdamaxOptions extends OptimizerOptions {
  /** Keeps the division finite. Added to the absolute gradient. Default 1e-7. */
  readonly epsilon?: number;
  /** The decay rate of the running mean of the gradients. Default 0.9. */
  readonly beta1?: number;
  /** The decay rate of the largest absolute gradient. Default 0.999. */
  readonly beta2?: number;
}

/**
 * Adamax: Adam that divides by the largest recent gradient instead of the root of a mean square.
 *
 *   m ← β₁·m + (1 − β₁)·g        m̂ = m / (1 − β₁ᵗ⁺¹)
 *   u ← max(β₂·u, |g| + ε)
 *   θ ← θ − η·m̂ / u
 *
 * where t is the number of steps taken before and η = learningRate / (1 + decay · t).
 *
 * @param parameters    variables by name: `model.parameters`
 * @param learningRate  η, default 0.002
 * @param epsilon       ε, default 1e-7 (PyTorch: 1e-8)
 * @param beta1         β₁, default 0.9
 * @param beta2         β₂, default 0.999
 * @throws RangeError when an option is out of range
 * @throws TypeError when there is no parameter, or an option is unknown
 * @example
 * const w = variable(tensor([1, 2]));
 * adamax({ w }, { learningRate: 0.5 }).step({ w: tensor([3, -3]) });
 * String(w)   // [0.5 2.5]
 * @see Kingma, Ba, Adam: A Method for Stochastic Optimization (2015), §7.1
 */
/* @__NO_SIDE_EFFECTS__ */
export function adamax(parameters: NestedVariables, options: Grouped<AdamaxOptions> = {}): Optimizer {
  return optimizer<AdamaxOptions>(
    {
      name: 'adamax',
      options: [...optimizerOptions, 'epsilon', 'beta1', 'beta2'],
      defaults: { learningRate: 0.002 },
      rule({ epsilon = 1e-7, beta1 = 0.9, beta2 = 0.999 }, caller) {
        checkNonNegative(caller, 'epsilon', epsilon);
        checkNonNegative(caller, 'beta1', beta1, 1);
        checkNonNegative(caller, 'beta2', beta2, 1);
        return rule({
          slots: { momentum: 0, largest: 0 },
          update: ({ rate, iteration, dtype }) => {
            const corrected = rate.div(biasCorrection(beta1, iteration.add(1)).cast(dtype));
            return (parameter, gradient, state) => {
              const momentum = state.momentum.mul(beta1).add(gradient.mul(1 - beta1));
              const largest = state.largest.mul(beta2).maximum(gradient.abs().add(epsilon));
              return { parameter: parameter.sub(momentum.mul(corrected).div(largest)), state: { momentum, largest } };
            };
          },
        });
      },
    },
    parameters,
    options,
  );
}
