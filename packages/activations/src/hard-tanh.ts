import { checkNumber, checkOptions, type LayerCall, type Shape, type Tensor } from '@nn/tensor';
import { checkInput } from './check-input.ts';

/** The options of `hardTanh`. */
export interface HardTanhOptions extends LayerCall {
  /** The smallest result; -1 unless given. */
  readonly low?: number;
  /** The largest result; 1 unless given. */
  readonly high?: number;
}

/**
 * Tanh by three straight lines.
 *
 *   y = min(max(x, low), high)
 *
 * The gradient at both ends is 0.
 *
 * @param x  any shape
 * @returns  numbers of the shape of x
 * @throws TypeError when x is no tensor, or an option is unknown
 * @throws RangeError when an option is out of range
 * @example String(hardTanh(tensor([-4, 0.5, 2])))   // [-1.   0.5  1. ]
 * @see Collobert, Large Scale Machine Learning (2004)
 */
export function hardTanh<S extends Shape>(x: Tensor<S>, options: HardTanhOptions = {}): Tensor<S> {
  checkInput(x, 'hardTanh');
  const { low = -1, high = 1 } = checkOptions('hardTanh', options, ['low', 'high', 'training']);
  checkNumber('hardTanh', 'high', high, high > low, 'a number above low');
  return x.maximum(low).minimum(high) as Tensor<S>;
}
