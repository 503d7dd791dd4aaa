import { type Shape, type Tensor, where } from '@nn/tensor';

/**
 * The logistic function: any number to one between 0 and 1, as a probability.
 *
 *   y = 1 / (1 + e⁻ˣ)          slope y · (1 − y)
 *
 * @param x  any shape
 * @returns  numbers between 0 and 1, of the shape of x; exact to a few units in the last place in both tails
 * @example String(sigmoid(tensor([-1, 0, 1])))   // [0.2689414 0.5       0.7310586]
 * @see Goodfellow, Bengio, Courville, Deep Learning (2016), §3.10
 */
export function sigmoid<S extends Shape>(x: Tensor<S>): Tensor<S> {
  // eˣ / (1 + eˣ) below 0, 1 / (1 + e⁻ˣ) from 0 on: e to a negative power never overflows. Both are smooth through 0,
  // so that every derivative is right there, which e^−|x| would not give.
  const negative = x.less(0);
  const power = where(negative, x, x.neg()).exp();
  return where(negative, power, 1).div(power.add(1)) as Tensor<S>;
}
