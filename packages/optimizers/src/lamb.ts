import { full, type Tensor } from '@nn/tensor';
import { biasCorrection } from './adam-rule.ts';
import { checkNonNegative } from './check-non-negative.ts';
import type { NestedVariables } from './nested.ts';
import { type Grouped, type Optimizer, optimizer, type OptimizerOptions, optimizerOptions, rule } from './optimizer.ts';

/** Options of `lamb`. */
export interface LambOptions extends OptimizerOptions {
  /** Keeps the division finite. Added after the root. Default 1e-6. */
  readonly epsilon?: number;
  /** The decay rate of the running mean of the gradients. Default 0.9. */
  readonly beta1?: number;
  /** The decay rate of the running mean of the squared gradients. Default 0.999. */
  readonly beta2?: number;
  /** Corrects the bias of the running means, which start at 0. Default true. */
  readonly biasCorrection?: boolean;
  /** Adds weightDecay · parameter to the direction of a step, before its length is taken. Default 0. */
  readonly weightDecay?: number;
}

/**
 * LAMB: Adam whose step is, for each tensor, in proportion to the length of the tensor. For large batches.
 *
 *   r = m̂ / (√ĉ + ε) + λ·θ                 m̂, ĉ as in `adam`
 *   θ ← θ − η·‖θ‖ / ‖r‖·r                  ‖·‖ the Euclidean norm; the ratio is 1 where a norm is 0
 *
 * where λ = weightDecay and η = learningRate / (1 + decay · iteration).
 *
 * @param parameters    variables by name: `model.parameters`
 * @param learningRate  η, default 0.001
 * @param epsilon       ε, default 1e-6
 * @param beta1         β₁, default 0.9
 * @param beta2         β₂, default 0.999
 * @param weightDecay   λ, default 0
 * @throws RangeError when an option is out of range
 * @throws TypeError when there is no parameter, or an option is unknown
 * @example
 * const w = variable(tensor([3, 4]));
 * lamb({ w }, { learningRate: 0.1 }).step({ w: tensor([7, 0]) });
 * String(w)   // [2.5 4. ]
 * @see You et al., Large Batch Optimization for Deep Learning: Training BERT in 76 minutes (2020)
 */
/* @__NO_SIDE_EFFECTS__ */
export function lamb(parameters: NestedVariables, options: Grouped<LambOptions> = {}): Optimizer {
  return optimizer<LambOptions>(
    {
      name: 'lamb',
      options: [...optimizerOptions, 'epsilon', 'beta1', 'beta2', 'biasCorrection'],
      defaults: { learningRate: 0.001 },
      weightDecay: 'rule',
      rule: lambRule,
    },
    parameters,
    options,
  );
}

function lambRule(
  { epsilon = 1e-6, beta1 = 0.9, beta2 = 0.999, biasCorrection: corrects = true, weightDecay = 0 }: LambOptions,
  caller: string,
) {
  checkNonNegative(caller, 'epsilon', epsilon);
  checkNonNegative(caller, 'beta1', beta1, 1);
  checkNonNegative(caller, 'beta2', beta2, 1);
  return rule({
    slots: { momentum: 0, cache: 0 },
    update: ({ rate, iteration, dtype }) => {
      const correction = (beta: number): Tensor =>
        (corrects ? biasCorrection(beta, iteration.add(1)) : full([], 1)).cast(dtype);
      const [correction1, correction2] = [correction(beta1), correction(beta2)];
      return (parameter, gradient, state) => {
        const momentum = state.momentum.mul(beta1).add(gradient.mul(1 - beta1));
        const cache = state.cache.mul(beta2).add(gradient.mul(gradient).mul(1 - beta2));
        const direction = momentum.div(correction1).div(cache.div(correction2).sqrt().add(epsilon));
        const decayed = weightDecay === 0 ? direction : direction.add(parameter.mul(weightDecay));
        const [length, ofDirection] = [norm(parameter), norm(decayed)];
        const ratio = length.greater(0).logicalAnd(ofDirection.greater(0)).where(length.div(ofDirection), 1);
        return { parameter: parameter.sub(decayed.mul(ratio.mul(rate))), state: { momentum, cache } };
      };
    },
  });
}

/** The Euclidean norm of all numbers. */
function norm(x: Tensor): Tensor {
  return x.mul(x).sum().sqrt();
}
