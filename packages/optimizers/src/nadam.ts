import { full, type Tensor } from '@nn/tensor';
import { biasCorrection } from './adam-rule.ts';
import { checkNonNegative } from './check-non-negative.ts';
import type { NestedVariables } from './nested.ts';
import { type Grouped, type Optimizer, optimizer, type OptimizerOptions, optimizerOptions, rule } from './optimizer.ts';

/** Options of `nadam`. */
export interface NadamOptions extends OptimizerOptions {
  /** Keeps the division finite. Added after the root. Default 1e-7. */
  readonly epsilon?: number;
  /** The decay rate of the running mean of the gradients, which it approaches from half of it. Default 0.9. */
  readonly beta1?: number;
  /** The decay rate of the running mean of the squared gradients. Default 0.999. */
  readonly beta2?: number;
  /** How fast the momentum approaches beta1. Default 0.004. */
  readonly momentumDecay?: number;
}

/**
 * NAdam: Adam with Nesterov momentum.
 *
 *   μₜ = β₁·(1 − 0.96^((t + 1)·ψ) / 2)        P ← P·μₜ
 *   m ← β₁·m + (1 − β₁)·g
 *   c ← β₂·c + (1 − β₂)·g²                    ĉ = c / (1 − β₂ᵗ⁺¹)
 *   θ ← θ − η·(μₜ₊₁·m / (1 − P·μₜ₊₁) + (1 − μₜ)·g / (1 − P)) / (√ĉ + ε)
 *
 * where t is the number of steps taken before, P starts at 1, ψ = momentumDecay and η = learningRate / (1 + decay · t).
 *
 * @param parameters     variables by name: `model.parameters`
 * @param learningRate   η, default 0.002
 * @param epsilon        ε, default 1e-7 (PyTorch: 1e-8)
 * @param beta1          β₁, default 0.9
 * @param beta2          β₂, default 0.999
 * @param momentumDecay  ψ, default 0.004
 * @throws RangeError when an option is out of range
 * @throws TypeError when there is no parameter, or an option is unknown
 * @example
 * const w = variable(tensor([0, 0]));
 * nadam({ w }, { learningRate: 1, epsilon: 0, beta1: 0, beta2: 0 }).step({ w: tensor([3, -2]) });
 * String(w)   // [-1.  1.]
 * @see Dozat, Incorporating Nesterov Momentum into Adam (2016)
 */
/* @__NO_SIDE_EFFECTS__ */
export function nadam(parameters: NestedVariables, options: Grouped<NadamOptions> = {}): Optimizer {
  return optimizer<NadamOptions>(
    {
      name: 'nadam',
      options: [...optimizerOptions, 'epsilon', 'beta1', 'beta2', 'momentumDecay'],
      defaults: { learningRate: 0.002 },
      rule: nadamRule,
    },
    parameters,
    options,
  );
}

function nadamRule(
  { epsilon = 1e-7, beta1 = 0.9, beta2 = 0.999, momentumDecay = 0.004 }: NadamOptions,
  caller: string,
) {
  checkNonNegative(caller, 'epsilon', epsilon);
  checkNonNegative(caller, 'beta1', beta1, 1);
  checkNonNegative(caller, 'beta2', beta2, 1);
  checkNonNegative(caller, 'momentumDecay', momentumDecay);
  const momentumAt = (step: Tensor): Tensor =>
    full([], 0.96, { dtype: 'float64' }).pow(step.mul(momentumDecay)).mul(-0.5).add(1).mul(beta1);
  return rule({
    slots: { momentum: 0, cache: 0, product: { scalar: 1 } },
    update: ({ rate, iteration, dtype }) => {
      const step = iteration.add(1);
      const current = momentumAt(step).cast(dtype);
      const next = momentumAt(step.add(1)).cast(dtype);
      const correction2 = biasCorrection(beta2, step).cast(dtype);
      return (parameter, gradient, state) => {
        const product = state.product.mul(current);
        const momentum = state.momentum.mul(beta1).add(gradient.mul(1 - beta1));
        const cache = state.cache.mul(beta2).add(gradient.mul(gradient).mul(1 - beta2));
        const ofMomentum = rate.mul(next).div(product.mul(next).neg().add(1));
        const ofGradient = rate.mul(current.neg().add(1)).div(product.neg().add(1));
        const change = momentum.mul(ofMomentum).add(gradient.mul(ofGradient));
        const root = cache.div(correction2).sqrt().add(epsilon);
        return { parameter: parameter.sub(change.div(root)), state: { momentum, cache, product } };
      };
    },
  });
}
