import { checkNumber, checkOptions, type LayerCall, type Shape, type Tensor, where } from '@nn/tensor';
import { checkInput } from './check-input.ts';

/** The options of `squareplus`. */
export interface SquareplusOptions extends LayerCall {
  /** How wide the curve bends at 0; 4 unless given. */
  readonly b?: number;
}

/**
 * Squareplus: a smooth relu without exponentials.
 *
 *   y = (x + √(x² + b)) / 2
 *
 * @param x  any shape
 * @returns  numbers of the shape of x
 * @throws TypeError when x is no tensor, or an option is unknown
 * @throws RangeError when an option is out of range
 * @example String(squareplus(tensor([0, 1.5])))   // [1. 2.]
 * @see Barron, Squareplus: A Softplus-Like Algebraic Rectifier (2021)
 */
export function squareplus<S extends Shape>(x: Tensor<S>, options: SquareplusOptions = {}): Tensor<S> {
  checkInput(x, 'squareplus');
  const { b = 4 } = checkOptions('squareplus', options, ['b', 'training']);
  checkNumber('squareplus', 'b', b, b > 0 && b < Infinity, 'a finite number above 0');
  const root = x.mul(x).add(b).sqrt();
  // Below 0 the sum would cancel; b over the difference is the same number.
  const negative = x.less(0);
  const below = root.sub(where(negative, x, 0));
  return where(negative, below.pow(-1).mul(b / 2), x.add(root).mul(0.5)) as Tensor<S>;
}
