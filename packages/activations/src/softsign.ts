import type { Shape, Tensor } from '@nn/tensor';
import { checkInput } from './check-input.ts';

/**
 * Softsign: like tanh, with tails that fall slowly.
 *
 *   y = x / (1 + |x|)
 *
 * @param x  any shape
 * @returns  numbers of the shape of x
 * @throws TypeError when x is no tensor
 * @example String(softsign(tensor([-1, 0, 3])))   // [-0.5   0.    0.75]
 * @see Bergstra, Desjardins, Lamblin, Bengio, Quadratic Polynomials Learn Better Image Features (2009)
 */
export function softsign<S extends Shape>(x: Tensor<S>): Tensor<S> {
  checkInput(x, 'softsign');
  return x.div(x.abs().add(1)) as Tensor<S>;
}
