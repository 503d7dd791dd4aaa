import { checkNumber, checkOptions, type LayerCall, type Shape, type Tensor } from '@nn/tensor';
import { checkInput } from './check-input.ts';

/** The options of `softShrink`. */
export interface SoftShrinkOptions extends LayerCall {
  /** How far numbers move; 0.5 unless given. */
  readonly lambda?: number;
}

/**
 * Soft shrinkage: numbers move by lambda towards 0, small ones become 0.
 *
 *   y = x − lambda where x > lambda, x + lambda where x < −lambda, else 0
 *
 * @param x  any shape
 * @returns  numbers of the shape of x
 * @throws TypeError when x is no tensor, or an option is unknown
 * @throws RangeError when an option is out of range
 * @example String(softShrink(tensor([-2, 0.25, 1])))   // [-1.5  0.   0.5]
 * @see Donoho, De-noising by soft-thresholding (1995)
 */
export function softShrink<S extends Shape>(x: Tensor<S>, options: SoftShrinkOptions = {}): Tensor<S> {
  checkInput(x, 'softShrink');
  const { lambda = 0.5 } = checkOptions('softShrink', options, ['lambda', 'training']);
  checkNumber('softShrink', 'lambda', lambda, lambda >= 0, 'a non-negative number');
  return x.sub(x.clip(-lambda, lambda)) as Tensor<S>;
}
