import { checkNumber, checkOptions, type LayerCall, type Shape, type Tensor, where } from '@nn/tensor';
import { checkInput } from './check-input.ts';

/** The options of `celu`. */
export interface CeluOptions extends LayerCall {
  /** Where negative numbers end; 1 unless given. */
  readonly alpha?: number;
}

/**
 * The continuously differentiable exponential linear unit.
 *
 *   y = x where x > 0, else alpha · (e^(x/alpha) − 1)
 *
 * @param x  any shape
 * @returns  numbers of the shape of x
 * @throws TypeError when x is no tensor, or an option is unknown
 * @throws RangeError when an option is out of range
 * @example String(celu(tensor([-1, 0, 2])))   // [-0.63212055  0.          2.        ]
 * @see Barron, Continuously Differentiable Exponential Linear Units (2017)
 */
export function celu<S extends Shape>(x: Tensor<S>, options: CeluOptions = {}): Tensor<S> {
  checkInput(x, 'celu');
  const { alpha = 1 } = checkOptions('celu', options, ['alpha', 'training']);
  checkNumber('celu', 'alpha', alpha, alpha > 0 && alpha < Infinity, 'a finite number above 0');
  const positive = x.greater(0);
  // The exponential of a large number would be infinite, and its gradient NaN.
  return where(positive, x, where(positive, 0, x).div(alpha).expm1().mul(alpha)) as Tensor<S>;
}
