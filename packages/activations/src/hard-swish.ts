import { type Shape, type Tensor, where } from '@nn/tensor';
import { checkInput } from './check-input.ts';

/**
 * Swish by straight lines and a parabola, for small processors.
 *
 *   y = x · min(max(x + 3, 0), 6) / 6
 *
 * The gradient at −3 is −½, at 3 it is 1, as in PyTorch.
 *
 * @param x  any shape
 * @returns  numbers of the shape of x
 * @throws TypeError when x is no tensor
 * @example String(hardSwish(tensor([-4, 0, 1.5])))   // [-0.     0.     1.125]
 * @see Howard and others, Searching for MobileNetV3 (2019)
 */
export function hardSwish<S extends Shape>(x: Tensor<S>): Tensor<S> {
  checkInput(x, 'hardSwish');
  const shifted = x.add(3);
  return x.mul(where(shifted.less(0), 0, shifted).minimum(6)).div(6) as Tensor<S>;
}
