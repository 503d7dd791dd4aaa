import type { LayerCall, Shape, Tensor } from '@nn/tensor';
import { sigmoid } from './sigmoid.ts';

export interface SwishOptions extends LayerCall {
  /** How sharply it bends at 0: 0 gives x / 2, a large one relu; 1 unless another is given. */
  readonly beta?: number;
}

/**
 * Swish: like relu, but smooth, with a shallow dip below 0. With β = 1 it is also called SiLU.
 *
 *   y = x · sigmoid(β · x)
 *
 * −Infinity gives NaN, as it is ∞ times 0. To use it as a layer with a β of your own, write
 * `(x) => swish(x, { beta: 0.5 })`.
 *
 * @param x  any shape
 * @returns  numbers of the shape of x
 * @example String(swish(tensor([-1, 0, 1])))   // [-0.2689414  0.         0.7310586]
 * @see Ramachandran, Zoph, Le, Searching for Activation Functions (2017)
 */
export function swish<S extends Shape>(x: Tensor<S>, { beta = 1 }: SwishOptions = {}): Tensor<S> {
  return x.mul(sigmoid(x.mul(beta))) as Tensor<S>;
}
