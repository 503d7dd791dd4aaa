import { type Shape, type Tensor, where } from '@nn/tensor';
import { checkInput } from './check-input.ts';

/**
 * The logistic function: logits to probabilities, one by one.
 *
 *   y = 1 / (1 + e⁻ˣ)          dy/dx = y · (1 − y)
 *
 * @param x  any shape
 * @returns  numbers between 0 and 1, of the shape of x; accurate to a few units in the last place in both tails
 * @throws DTypeError when x is no tensor
 * @example String(sigmoid(tensor([-1, 0, 1])))   // [0.2689414 0.5       0.7310586]
 * @see Goodfellow, Bengio, Courville, Deep Learning (2016), §3.10
 */
export function sigmoid<S extends Shape>(x: Tensor<S>): Tensor<S> {
  checkInput(x, 'sigmoid');
  // eˣ / (1 + eˣ) below 0, 1 / (1 + e⁻ˣ) elsewhere: no exponent is positive, so nothing overflows. Both formulas are
  // smooth at 0, so all derivatives are right there. Those of one formula in e^−|x| would not be.
  const negative = x.less(0);
  const exponential = where(negative, x, x.neg()).exp();
  return where(negative, exponential, 1).div(exponential.add(1)) as Tensor<S>;
}
