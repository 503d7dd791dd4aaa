import type { Shape, Tensor } from '@nn/tensor';

/**
 * The rectified linear unit: negative numbers become 0, the others pass.
 *
 *   y = max(x, 0)          slope 1 where x > 0, else 0
 *
 * At 0 itself the slope is 0. NaN stays NaN.
 *
 * @param x  any shape
 * @returns  numbers from 0 on, of the shape of x
 * @example String(relu(tensor([-1, 0, 2])))   // [0. 0. 2.]
 * @see Nair, Hinton, Rectified Linear Units Improve Restricted Boltzmann Machines (2010)
 */
export function relu<S extends Shape>(x: Tensor<S>): Tensor<S> {
  return x.maximum(0) as Tensor<S>;
}
