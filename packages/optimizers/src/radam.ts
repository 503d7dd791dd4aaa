import { biasCorrection } from './adam-rule.ts';
import { checkNonNegative } from './check-non-negative.ts';
import type { NestedVariables } from './nested.ts';
import { type Grouped, type Optimizer, optimizer, type OptimizerOptions, optimizerOptions, rule } from './optimizer.ts';

/** Options of `radam`. */
export interface RadamOptions extends OptimizerOptions {
  /** Keeps the division finite. Added after the root. Default 1e-7. */
  readonly epsilon?: number;
  /** The decay rate of the running mean of the gradients. Default 0.9. */
  readonly beta1?: number;
  /** The decay rate of the running mean of the squared gradients. Default 0.999. */
  readonly beta2?: number;
}

/**
 * RAdam: Adam that divides by the root of the mean square only once its variance is bounded, as a warm-up.
 *
 *   m, m̂, c as in `adam`,  n = t + 1
 *   ρ∞ = 2 / (1 − β₂) − 1
 *   ρ  = ρ∞ − 2·n·β₂ⁿ / (1 − β₂ⁿ)
 *   r  = √((ρ − 4)·(ρ − 2)·ρ∞ / ((ρ∞ − 4)·(ρ∞ − 2)·ρ))
 *   θ ← θ − η·m̂·r·√(1 − β₂ⁿ) / (√c + ε)        when ρ > 5
 *   θ ← θ − η·m̂                                otherwise
 *
 * where t is the number of steps taken before and η = learningRate / (1 + decay · t).
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
 * radam({ w }, { learningRate: 0.5 }).step({ w: tensor([3, -3]) });
 * String(w)   // [-0.5  3.5]
 * @see Liu et al., On the Variance of the Adaptive Learning Rate and Beyond (2020)
 */
/* @__NO_SIDE_EFFECTS__ */
export function radam(parameters: NestedVariables, options: Grouped<RadamOptions> = {}): Optimizer {
  return optimizer<RadamOptions>(
    {
      name: 'radam',
      options: [...optimizerOptions, 'epsilon', 'beta1', 'beta2'],
      defaults: { learningRate: 0.001 },
      rule: radamRule,
    },
    parameters,
    options,
  );
}

function radamRule({ epsilon = 1e-7, beta1 = 0.9, beta2 = 0.999 }: RadamOptions, caller: string) {
  checkNonNegative(caller, 'epsilon', epsilon);
  checkNonNegative(caller, 'beta1', beta1, 1);
  checkNonNegative(caller, 'beta2', beta2, 1);
  return rule({
    slots: { momentum: 0, cache: 0 },
    update: ({ rate, iteration, dtype }) => {
      const step = iteration.add(1);
      const correction1 = biasCorrection(beta1, step);
      const correction2 = biasCorrection(beta2, step);
      const limit = 2 / (1 - beta2) - 1;
      const length = step.mul(2).mul(correction2.neg().add(1)).div(correction2).neg().add(limit);
      const rectified = length.greater(5);
      const numerator = length.sub(4).mul(length.sub(2)).mul(limit);
      const denominator = length.mul((limit - 4) * (limit - 2));
      const rectification = numerator.div(denominator).mul(correction2).sqrt().cast(dtype);
      const factor = rate.div(correction1.cast(dtype));
      return (parameter, gradient, state) => {
        const momentum = state.momentum.mul(beta1).add(gradient.mul(1 - beta1));
        const cache = state.cache.mul(beta2).add(gradient.mul(gradient).mul(1 - beta2));
        const adaptive = rectification.div(cache.sqrt().add(epsilon));
        const change = momentum.mul(factor).mul(rectified.where(adaptive, 1));
        return { parameter: parameter.sub(change), state: { momentum, cache } };
      };
    },
  });
}
