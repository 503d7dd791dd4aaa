import { checkNonNegative } from './check-non-negative.ts';
import type { NestedVariables } from './nested.ts';
import { type Grouped, type Optimizer, optimizer, type OptimizerOptions, optimizerOptions, rule } from './optimizer.ts';

/** Options of `adadelta`. */
export interface AdadeltaOptions extends OptimizerOptions {
  /** The decay rate of both running means. Default 0.95. */
  readonly rho?: number;
  /** Keeps the division finite and starts the first updates. Added under both roots. Default 1e-6. */
  readonly epsilon?: number;
}

/**
 * Adadelta: AdaGrad with running means, whose updates have the units of the parameters.
 *
 *   c ← ρ·c + (1 − ρ)·g²
 *   Δ = √(u + ε) / √(c + ε) · g
 *   u ← ρ·u + (1 − ρ)·Δ²
 *   θ ← θ − η·Δ
 *
 * where η = learningRate / (1 + decay · iteration). ε stands under the roots, as in the paper.
 *
 * @param parameters    variables by name: `model.parameters`
 * @param learningRate  η, default 1 (Keras: 0.001)
 * @param rho           ρ, default 0.95 (PyTorch: 0.9)
 * @param epsilon       ε, default 1e-6 (Keras: 1e-7)
 * @throws RangeError when an option is out of range
 * @throws TypeError when there is no parameter, or an option is unknown
 * @example
 * const w = variable(tensor([1, 2]));
 * adadelta({ w }, { rho: 0.75, epsilon: 1 }).step({ w: tensor([0, 2]) });
 * String(w)   // [1.         0.58578646]
 * @see Zeiler, ADADELTA: An Adaptive Learning Rate Method (2012)
 */
/* @__NO_SIDE_EFFECTS__ */
export function adadelta(parameters: NestedVariables, options: Grouped<AdadeltaOptions> = {}): Optimizer {
  return optimizer<AdadeltaOptions>(
    {
      name: 'adadelta',
      options: [...optimizerOptions, 'rho', 'epsilon'],
      defaults: { learningRate: 1 },
      rule({ rho = 0.95, epsilon = 1e-6 }, caller) {
        checkNonNegative(caller, 'rho', rho, 1);
        checkNonNegative(caller, 'epsilon', epsilon);
        return rule({
          slots: { cache: 0, updates: 0 },
          update:
            ({ rate }) =>
            (parameter, gradient, state) => {
              const cache = state.cache.mul(rho).add(gradient.mul(gradient).mul(1 - rho));
              const ratio = state.updates.add(epsilon).sqrt().div(cache.add(epsilon).sqrt());
              const change = ratio.mul(gradient);
              const updates = state.updates.mul(rho).add(change.mul(change).mul(1 - rho));
              return { parameter: parameter.sub(change.mul(rate)), state: { cache, updates } };
            },
        });
      },
    },
    parameters,
    options,
  );
}
