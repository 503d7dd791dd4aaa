import type { Shape, Tensor } from '@nn/tensor';
import { checkInput } from './check-input.ts';

/**
 * The identity, the last activation of a regression.
 *
 *   y = x
 *
 * @param x  any shape
 * @returns  the same numbers; of a variable, its present value
 * @throws DTypeError when x is no tensor
 * @example String(identity(tensor([-1, 2])))   // [-1.  2.]
 */
export function identity<S extends Shape>(x: Tensor<S>): Tensor<S> {
  return checkInput(x, 'identity').current();
}
