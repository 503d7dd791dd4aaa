import type { Shape, Tensor } from '@nn/tensor';

/**
 * The hyperbolic tangent: any number to one between −1 and 1, centred on 0.
 *
 *   y = (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ) = 2 / (1 + e⁻²ˣ) − 1          slope 1 − y²
 *
 * @param x  any shape
 * @returns  numbers between −1 and 1, of the shape of x
 * @example String(tanh(tensor([-1, 0, 1])))   // [-0.7615942  0.         0.7615942]
 * @see Goodfellow, Bengio, Courville, Deep Learning (2016), §6.3.2
 */
export function tanh<S extends Shape>(x: Tensor<S>): Tensor<S> {
  return x.tanh() as Tensor<S>;
}
