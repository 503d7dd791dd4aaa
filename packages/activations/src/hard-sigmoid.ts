import type { Shape, Tensor } from '@nn/tensor';
import { checkInput } from './check-input.ts';

/**
 * Sigmoid by three straight lines.
 *
 *   y = min(max(x + 3, 0), 6) / 6
 *
 * The gradient at −3 and 3 is 0.
 *
 * @param x  any shape
 * @returns  numbers of the shape of x
 * @throws TypeError when x is no tensor
 * @example String(hardSigmoid(tensor([-4, 0, 1.5])))   // [0.   0.5  0.75]
 * @see Courbariaux, Bengio, David, BinaryConnect (2015); PyTorch’s slope of 1/6
 */
export function hardSigmoid<S extends Shape>(x: Tensor<S>): Tensor<S> {
  checkInput(x, 'hardSigmoid');
  return x.add(3).maximum(0).minimum(6).div(6) as Tensor<S>;
}
