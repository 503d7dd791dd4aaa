import { checkOptions, type Tensor, where } from '@nn/tensor';
import { checkOneShape } from './one-shape.ts';
import { type LossOptions, lossOptions, reduced } from './reduction.ts';
import { softplus } from './softplus.ts';

/**
 * The logarithm of the hyperbolic cosine of the error: near e² / 2 for small errors and |e| − ln 2 for large ones.
 *
 *   loss = mean of ln cosh(prediction − target)          gradient tanh(prediction − target)
 *
 * The mean is over all elements. Nothing overflows, and small losses keep all their digits.
 *
 * @param prediction  any shape
 * @param target      of the same shape
 * @returns           scalar, shape []; with `reduction: 'none'` of the shape of the prediction
 * @throws ShapeError when the shapes differ, even where they would broadcast
 * @throws TypeError when an option is unknown
 * @example String(logCosh(tensor([1, 2]), tensor([1, 3])))   // 0.21689045
 */
export function logCosh(prediction: Tensor, target: Tensor, options: LossOptions = {}): Tensor {
  checkOptions('logCosh', options, lossOptions);
  checkOneShape(prediction, target, 'logCosh');
  const error = prediction.sub(target);
  const small = error.abs().less(1);
  // ln cosh e = −½ ln(1 − tanh² e), which is exact near 0, and e + ln(1 + e^−2e) − ln 2, which is exact far from it.
  const tangent = where(small, error, 0).tanh();
  const near = tangent.mul(tangent).neg().log1p().mul(-0.5);
  const far = error.add(softplus(error.mul(-2))).sub(Math.LN2);
  return reduced(where(small, near, far), options, 'logCosh');
}
