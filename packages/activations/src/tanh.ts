import type { Shape, Tensor } from '@nn/tensor';
import { checkInput } from './check-input.ts';

/**
 * The hyperbolic tangent: any number becomes one between −1 and 1.
 *
 *   y = (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ) = 2 / (1 + e⁻²ˣ) − 1          dy/dx = 1 − y²
 *
 * @param x  any shape
 * @returns  numbers between −1 and 1, of the shape of x
 * @throws DTypeError when x is no tensor
 * @example String(tanh(tensor([-1, 0, 1])))   // [-0.7615942  0.         0.7615942]
 * @see Goodfellow, Bengio, Courville, Deep Learning (2016), §6.3.2
 */
export function tanh<S extends Shape>(x: Tensor<S>): Tensor<S> {
  return checkInput(x, 'tanh').tanh() as Tensor<S>;
}
