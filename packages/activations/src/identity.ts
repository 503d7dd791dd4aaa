import type { Shape, Tensor } from '@nn/tensor';

/**
 * The identity: what comes in goes out. The last activation of a regression.
 *
 *   y = x
 *
 * @param x  any shape
 * @returns  the same numbers; of a variable, its present value
 * @example String(identity(tensor([-1, 2])))   // [-1.  2.]
 */
export function identity<S extends Shape>(x: Tensor<S>): Tensor<S> {
  return x.current();
}
