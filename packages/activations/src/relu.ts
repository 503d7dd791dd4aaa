import type { Shape, Tensor } from '@nn/tensor';
import { checkInput } from './check-input.ts';

/**
 * The rectified linear unit: negative numbers become 0, positive ones stay.
 *
 *   y = max(x, 0)          dy/dx = 1 where x > 0, else 0
 *
 * The gradient at 0 is 0. NaN stays NaN.
 *
 * @param x  any shape
 * @returns  numbers ≥ 0, of the shape of x
 * @throws DTypeError when x is no tensor
 * @example String(relu(tensor([-1, 0, 2])))   // [0. 0. 2.]
 * @see Nair, Hinton, Rectified Linear Units Improve Restricted Boltzmann Machines (2010)
 */
export function relu<S extends Shape>(x: Tensor<S>): Tensor<S> {
  return checkInput(x, 'relu').maximum(0) as Tensor<S>;
}
