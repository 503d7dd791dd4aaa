import { checkNumber, checkOptions, type LayerCall, type Shape, type Tensor, where } from '@nn/tensor';
import { checkInput } from './check-input.ts';

/** The options of `elu`. */
export interface EluOptions extends LayerCall {
  /** Where negative numbers end; 1 unless given. */
  readonly alpha?: number;
}

/**
 * The exponential linear unit: negative numbers end at −alpha, so that means stay near 0.
 *
 *   y = x where x > 0, else alpha · (eˣ − 1)
 *
 * @param x  any shape
 * @returns  numbers of the shape of x
 * @throws TypeError when x is no tensor, or an option is unknown
 * @throws RangeError when an option is out of range
 * @example String(elu(tensor([-1, 0, 2])))   // [-0.63212055  0.          2.        ]
 * @see Clevert, Unterthiner, Hochreiter, Fast and Accurate Deep Network Learning by Exponential Linear Units (2015)
 */
export function elu<S extends Shape>(x: Tensor<S>, options: EluOptions = {}): Tensor<S> {
  checkInput(x, 'elu');
  const { alpha = 1 } = checkOptions('elu', options, ['alpha', 'training']);
  checkNumber('elu', 'alpha', alpha, alpha > 0 && alpha < Infinity, 'a finite number above 0');
  const positive = x.greater(0);
  // The exponential of a large number would be infinite, and its gradient NaN.
  return where(positive, x, where(positive, 0, x).expm1().mul(alpha)) as Tensor<S>;
}
