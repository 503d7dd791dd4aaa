import { checkNumber, checkOptions, type LayerCall, type Shape, type Tensor, where } from '@nn/tensor';
import { checkInput } from './check-input.ts';

/** The options of `softplus`. */
export interface SoftplusOptions extends LayerCall {
  /** How sharply the curve bends at 0; 1 unless given. */
  readonly beta?: number;
  /** Where beta · x is larger, y is x; 20 unless given. */
  readonly threshold?: number;
}

/**
 * Softplus: a smooth relu.
 *
 *   y = ln(1 + e^(beta · x)) / beta
 *
 * @param x  any shape
 * @returns  numbers of the shape of x
 * @throws TypeError when x is no tensor, or an option is unknown
 * @throws RangeError when an option is out of range
 * @example String(softplus(tensor([-1, 0, 100])))   // [  0.31326166   0.6931472  100.        ]
 * @see Dugas, Bengio, Bélisle, Nadeau, Garcia, Incorporating Second-Order Functional Knowledge (2000)
 */
export function softplus<S extends Shape>(x: Tensor<S>, options: SoftplusOptions = {}): Tensor<S> {
  checkInput(x, 'softplus');
  const { beta = 1, threshold = 20 } = checkOptions('softplus', options, ['beta', 'threshold', 'training']);
  checkNumber('softplus', 'beta', beta, beta > 0 && beta < Infinity, 'a finite number above 0');
  const scaled = x.mul(beta) as Tensor;
  const positive = scaled.greater(0);
  // max(x, 0) + ln(1 + e^−|x|): the exponential cannot overflow.
  const rest = where(positive, scaled.neg(), scaled).exp().log1p();
  const smooth = where(positive, scaled, 0).add(rest).div(beta);
  return where(scaled.greater(threshold), x as unknown as Tensor, smooth as Tensor) as unknown as Tensor<S>;
}
