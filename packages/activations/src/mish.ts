import type { Shape, Tensor } from '@nn/tensor';
import { checkInput } from './check-input.ts';
import { softplus } from './softplus.ts';

/**
 * Mish: smooth, with a shallow minimum below 0.
 *
 *   y = x · tanh(ln(1 + eˣ))
 *
 * @param x  any shape
 * @returns  numbers of the shape of x
 * @throws TypeError when x is no tensor
 * @example String(mish(tensor([-1, 0, 1])))   // [-0.30340144  0.          0.86509836]
 * @see Misra, Mish: A Self Regularized Non-Monotonic Activation Function (2019)
 */
export function mish<S extends Shape>(x: Tensor<S>): Tensor<S> {
  checkInput(x, 'mish');
  return x.mul(softplus(x).tanh()) as Tensor<S>;
}
