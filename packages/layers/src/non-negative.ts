import type { Tensor } from '@nn/tensor';

/**
 * A constraint for `constrain`: no weight is below 0.
 *
 *   w ← max(w, 0)
 *
 * @example String(nonNegative(tensor([-1, 2])))   // [0. 2.]
 */
export function nonNegative(weight: Tensor): Tensor {
  return weight.maximum(0);
}
