import { checkNumber, checkOptions, type LayerCall, type Shape, type Tensor, where } from '@nn/tensor';
import { checkInput } from './check-input.ts';

/** The options of `hardShrink`. */
export interface HardShrinkOptions extends LayerCall {
  /** The smallest size that stays; 0.5 unless given. */
  readonly lambda?: number;
}

/**
 * Hard shrinkage: numbers between −lambda and lambda become 0.
 *
 *   y = x where |x| > lambda, else 0
 *
 * @param x  any shape
 * @returns  numbers of the shape of x
 * @throws TypeError when x is no tensor, or an option is unknown
 * @throws RangeError when an option is out of range
 * @example String(hardShrink(tensor([-2, 0.25, 1])))   // [-2.  0.  1.]
 * @see Donoho, Johnstone, Ideal spatial adaptation by wavelet shrinkage (1994)
 */
export function hardShrink<S extends Shape>(x: Tensor<S>, options: HardShrinkOptions = {}): Tensor<S> {
  checkInput(x, 'hardShrink');
  const { lambda = 0.5 } = checkOptions('hardShrink', options, ['lambda', 'training']);
  checkNumber('hardShrink', 'lambda', lambda, lambda >= 0, 'a non-negative number');
  return where(x.abs().lessEqual(lambda), 0, x) as Tensor<S>;
}
