import { type Shape, type Tensor, where } from '@nn/tensor';
import { checkInput } from './check-input.ts';

/**
 * The logarithm of sigmoid, without losing the digits of either tail.
 *
 *   y = ln(1 / (1 + e⁻ˣ)) = min(x, 0) − ln(1 + e^−|x|)
 *
 * @param x  any shape
 * @returns  numbers of the shape of x
 * @throws TypeError when x is no tensor
 * @example String(logSigmoid(tensor([-100, 0])))   // [-100.          -0.6931472]
 * @see Goodfellow, Bengio, Courville, Deep Learning (2016), §3.10
 */
export function logSigmoid<S extends Shape>(x: Tensor<S>): Tensor<S> {
  checkInput(x, 'logSigmoid');
  const negative = x.less(0);
  return where(negative, x, 0).sub(where(negative, x, x.neg()).exp().log1p()) as Tensor<S>;
}
