import type { Tensor } from '@nn/tensor';
import { lengthsPerOutput } from './max-norm.ts';

/**
 * A constraint for `constrain`: the weights of each neuron or filter get the length 1.
 *
 *   w ← w / max(‖w‖, 10⁻¹²)      w the weights of one output, ‖·‖ Euclidean
 *
 * @example String(unitNorm(tensor([[3], [4]])))   // [[0.6]\n [0.8]]
 */
export function unitNorm(weight: Tensor): Tensor {
  return weight.div(lengthsPerOutput(weight).maximum(1e-12));
}
