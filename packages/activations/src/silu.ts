import type { Shape, Tensor } from '@nn/tensor';
import { checkInput } from './check-input.ts';
import { swish } from './swish.ts';

/**
 * The sigmoid linear unit: `swish` with beta 1.
 *
 *   y = x · sigmoid(x)
 *
 * @param x  any shape
 * @returns  numbers of the shape of x
 * @throws TypeError when x is no tensor
 * @example String(silu(tensor([-1, 0, 1])))   // [-0.2689414  0.         0.7310586]
 * @see Elfwing, Uchibe, Doya, Sigmoid-Weighted Linear Units (2017)
 */
export function silu<S extends Shape>(x: Tensor<S>): Tensor<S> {
  checkInput(x, 'silu');
  return swish(x);
}
