import { checkOptions, type LayerCall, type Shape, type Tensor } from '@nn/tensor';
import { checkInput } from './check-input.ts';
import { sigmoid } from './sigmoid.ts';

/** The options of `swish`. */
export interface SwishOptions extends LayerCall {
  /** How sharply the curve bends at 0: 0 gives x / 2, a large β relu; 1 unless given. */
  readonly beta?: number;
}

/**
 * Swish: like relu, but smooth, with a shallow minimum below 0. With β = 1 it is also called SiLU.
 *
 *   y = x · sigmoid(β · x)
 *
 * −Infinity gives NaN, as −∞ · 0 does. As a layer with another β write `(x) => swish(x, { beta: 0.5 })`.
 *
 * @param x  any shape
 * @returns  numbers of the shape of x
 * @throws TypeError when x is no tensor, or an option is unknown
 * @example String(swish(tensor([-1, 0, 1])))   // [-0.2689414  0.         0.7310586]
 * @see Ramachandran, Zoph, Le, Searching for Activation Functions (2017)
 */
export function swish<S extends Shape>(x: Tensor<S>, options: SwishOptions = {}): Tensor<S> {
  checkInput(x, 'swish');
  const { beta = 1 } = checkOptions('swish', options, ['beta', 'training']);
  return x.mul(sigmoid(x.mul(beta))) as Tensor<S>;
}
