import type { Shape, Tensor } from '@nn/tensor';
import { checkInput } from './check-input.ts';

/**
 * The rectified linear unit, cut off at 6.
 *
 *   y = min(max(x, 0), 6)
 *
 * The gradient at 0 and 6 is 0.
 *
 * @param x  any shape
 * @returns  numbers of the shape of x
 * @throws TypeError when x is no tensor
 * @example String(relu6(tensor([-1, 2, 7])))   // [0. 2. 6.]
 * @see Krizhevsky, Convolutional Deep Belief Networks on CIFAR-10 (2010)
 */
export function relu6<S extends Shape>(x: Tensor<S>): Tensor<S> {
  checkInput(x, 'relu6');
  return x.maximum(0).minimum(6) as Tensor<S>;
}
