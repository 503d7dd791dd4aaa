import { type Shape, type Tensor, where } from '@nn/tensor';
import { checkInput } from './check-input.ts';

// The fixed point of mean and variance, to the digits of a float64.
const alpha = 1.6732632423543772;
const scale = 1.0507009873554805;

/**
 * The scaled exponential linear unit: layers of it keep mean 0 and variance 1 by themselves.
 *
 *   y = 1.0507 · (x where x > 0, else 1.6733 · (eˣ − 1))
 *
 * @param x  any shape
 * @returns  numbers of the shape of x
 * @throws TypeError when x is no tensor
 * @example String(selu(tensor([-1, 0, 2])))   // [-1.1113307  0.         2.101402 ]
 * @see Klambauer, Unterthiner, Mayr, Hochreiter, Self-Normalizing Neural Networks (2017)
 */
export function selu<S extends Shape>(x: Tensor<S>): Tensor<S> {
  checkInput(x, 'selu');
  const positive = x.greater(0);
  // The exponential of a large number would be infinite, and its gradient NaN.
  return where(positive, x, where(positive, 0, x).expm1().mul(alpha)).mul(scale) as Tensor<S>;
}
