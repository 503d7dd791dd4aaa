import { checkNumber, type Tensor } from '@nn/tensor';
import type { Constraint } from './constrain.ts';
import { outputAxis } from './reparametrize.ts';

/**
 * A constraint for `constrain`: the weights of each neuron or filter get no longer than a limit.
 *
 *   w ← w / (max(‖w‖, limit) / limit)      w the weights of one output, ‖·‖ Euclidean
 *
 * @param limit  the largest length
 * @throws RangeError, TypeError when the limit is not a finite number above 0
 * @example String(maxNorm(1)(tensor([[3, 0.5], [4, 0]])))   // [[0.6 0.5]\n [0.8 0. ]]
 * @see Srivastava, Hinton, Krizhevsky, Sutskever, Salakhutdinov, Dropout (2014), §5.1
 */
/* @__NO_SIDE_EFFECTS__ */
export function maxNorm(limit: number): Constraint {
  checkNumber('maxNorm', 'limit', limit, limit > 0 && limit < Infinity, 'a finite number above 0', 'Write maxNorm(3).');
  return (weight) => {
    // Divided by a quotient that is exactly 1 within the limit, so that such weights keep their bits.
    return weight.div(lengthsPerOutput(weight).maximum(limit).div(limit) as Tensor);
  };
}

/** The Euclidean length of the weights of each neuron or filter. */
export function lengthsPerOutput(weight: Tensor): Tensor {
  const axes = weight.shape.flatMap((_, axis) => (weight.rank > 1 && axis === outputAxis(weight.shape) ? [] : [axis]));
  return (weight.mul(weight).sum(axes, { keepdims: true }) as Tensor).sqrt();
}
