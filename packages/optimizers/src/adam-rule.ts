import { full, type Tensor } from '@nn/tensor';
import type { AdamOptions } from './adam.ts';
import { checkNonNegative } from './check-non-negative.ts';
import { rule, type Rule } from './optimizer.ts';

/**
 * The update of Adam, which AdamW and Muon share.
 *
 * @throws RangeError when an option is out of range
 */
export function adamRule(
  { epsilon = 1e-7, beta1 = 0.9, beta2 = 0.999, amsgrad = false }: AdamOptions,
  caller: string,
): Rule {
  checkNonNegative(caller, 'epsilon', epsilon);
  checkNonNegative(caller, 'beta1', beta1, 1);
  checkNonNegative(caller, 'beta2', beta2, 1);
  return rule({
    slots: { momentum: 0, cache: 0, largest: amsgrad ? 0 : undefined },
    update: ({ rate, iteration, dtype }) => {
      const step = iteration.add(1);
      const correction1 = biasCorrection(beta1, step).cast(dtype);
      const correction2 = biasCorrection(beta2, step).cast(dtype);
      return (parameter, gradient, state) => {
        const momentum = state.momentum.mul(beta1).add(gradient.mul(1 - beta1));
        const cache = state.cache.mul(beta2).add(gradient.mul(gradient).mul(1 - beta2));
        const largest = state.largest?.maximum(cache) ?? cache;
        const root = largest.div(correction2).sqrt();
        const change = momentum.div(correction1).mul(rate).div(root.add(epsilon));
        return { parameter: parameter.sub(change), state: { momentum, cache, largest } };
      };
    },
  });
}

/**
 * 1 − βᵗ: the total weight of the gradients in a running mean after t steps. The rest is its initial 0.
 *
 * @param steps  t, a float64 scalar
 */
export function biasCorrection(beta: number, steps: Tensor): Tensor {
  return full([], 1, { dtype: 'float64' }).sub(full([], beta, { dtype: 'float64' }).pow(steps));
}
