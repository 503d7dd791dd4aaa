import type { Shape, Tensor } from '@nn/tensor';
import { shiftLogits, type SoftmaxOptions } from './shift-logits.ts';

/**
 * Sparsemax: logits to probabilities, of which all but the likely ones are exactly 0. It is the nearest point of the simplex.
 *
 *   y = max(x − τ, 0)   with τ so that Σ y = 1
 *   τ = (Σᵢ xᵢ − 1) / k   over the k logits with Σⱼ max(xⱼ − xᵢ, 0) < 1, and only those get a probability
 *
 * All pairs of logits along the axis are compared, so it is for hundreds of classes rather than many thousands.
 *
 * @param x  logits, [..., classes], or with the classes along `axis`
 * @returns  probabilities, of the shape of x
 * @throws ShapeError when x has no such axis
 * @throws TypeError when x is no tensor, or an option is unknown
 * @example String(sparsemax(tensor([[1, 0.5, -1]])))   // [[0.75 0.25 0.  ]]
 * @see Martins, Astudillo, From Softmax to Sparsemax (2016)
 */
export function sparsemax<S extends Shape>(x: Tensor<S>, options: SoftmaxOptions = {}): Tensor<S> {
  const { shifted, axis } = shiftLogits(x as unknown as Tensor, options, 'sparsemax');
  // A logit below the largest by 1 or more has probability 0, so how far below does not matter. −Infinity would give NaN.
  const logits = shifted.maximum(-2);
  const kept = { keepdims: true };
  const above: Tensor = (logits.expandDims(axis) as Tensor).sub(logits.expandDims(axis + 1) as Tensor);
  const excess = above.maximum(0).sum(axis + 1) as Tensor;
  // Not "below 1", so that NaN stays among them and makes all probabilities NaN.
  const among = excess.greaterEqual(1).logicalNot();
  const count = among.cast(logits.dtype).sum(axis, kept) as Tensor;
  const threshold = (among.where(logits, 0).sum(axis, kept) as Tensor).sub(1).div(count);
  return logits.sub(threshold).maximum(0) as unknown as Tensor<S>;
}
