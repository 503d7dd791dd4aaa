import { erf, type Shape, type Tensor } from '@nn/tensor';
import { checkInput } from './check-input.ts';

/**
 * The Gaussian error linear unit: x times the probability that a normal number is below x.
 *
 *   y = x · ½ · (1 + erf(x / √2))
 *
 * This is the exact form. `geluTanh` is the approximation that older models were trained with.
 *
 * @param x  any shape
 * @returns  numbers of the shape of x
 * @throws TypeError when x is no tensor
 * @example String(gelu(tensor([-1, 0, 2])))   // [-0.15865526  0.          1.9544997 ]
 * @see Hendrycks, Gimpel, Gaussian Error Linear Units (2016)
 */
export function gelu<S extends Shape>(x: Tensor<S>): Tensor<S> {
  checkInput(x, 'gelu');
  return x.mul(erf(x.mul(Math.SQRT1_2)).add(1)).mul(0.5) as Tensor<S>;
}
