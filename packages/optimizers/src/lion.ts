import { checkNonNegative } from './check-non-negative.ts';
import type { NestedVariables } from './nested.ts';
import { type Grouped, type Optimizer, optimizer, type OptimizerOptions, optimizerOptions, rule } from './optimizer.ts';

/** Options of `lion`. */
export interface LionOptions extends OptimizerOptions {
  /** The weight of the running mean against the gradient in the direction of a step. Default 0.9. */
  readonly beta1?: number;
  /** The decay rate of the running mean of the gradients. Default 0.99. */
  readonly beta2?: number;
  /** Multiplies the parameters by 1 − rate · weightDecay in each step. Default 0. */
  readonly weightDecay?: number;
}

/**
 * Lion: moves every number by the same amount, in the direction of a running mean of its gradients.
 *
 *   θ ← θ − η·λ·θ − η·sign(β₁·m + (1 − β₁)·g)
 *   m ← β₂·m + (1 − β₂)·g
 *
 * where λ = weightDecay (decoupled) and η = learningRate / (1 + decay · iteration).
 *
 * @param parameters    variables by name: `model.parameters`
 * @param learningRate  η, default 0.0001. Lion wants a third to a tenth of Adam's rate.
 * @param beta1         β₁, default 0.9
 * @param beta2         β₂, default 0.99
 * @param weightDecay   λ, default 0
 * @throws RangeError when an option is out of range
 * @throws TypeError when there is no parameter, or an option is unknown
 * @example
 * const w = variable(tensor([1, 2]));
 * lion({ w }, { learningRate: 0.5 }).step({ w: tensor([3, -0.1]) });
 * String(w)   // [0.5 2.5]
 * @see Chen et al., Symbolic Discovery of Optimization Algorithms (2023)
 */
/* @__NO_SIDE_EFFECTS__ */
export function lion(parameters: NestedVariables, options: Grouped<LionOptions> = {}): Optimizer {
  return optimizer<LionOptions>(
    {
      name: 'lion',
      options: [...optimizerOptions, 'beta1', 'beta2'],
      defaults: { learningRate: 0.0001 },
      weightDecay: 'parameter',
      rule({ beta1 = 0.9, beta2 = 0.99 }, caller) {
        checkNonNegative(caller, 'beta1', beta1, 1);
        checkNonNegative(caller, 'beta2', beta2, 1);
        return rule({
          slots: { momentum: 0 },
          update:
            ({ rate }) =>
            (parameter, gradient, state) => {
              const direction = state.momentum
                .mul(beta1)
                .add(gradient.mul(1 - beta1))
                .sign();
              const momentum = state.momentum.mul(beta2).add(gradient.mul(1 - beta2));
              return { parameter: parameter.sub(direction.mul(rate)), state: { momentum } };
            },
        });
      },
    },
    parameters,
    options,
  );
}
