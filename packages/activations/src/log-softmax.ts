import type { Shape, Tensor } from '@nn/tensor';
import { shiftLogits, type SoftmaxOptions } from './shift-logits.ts';

/**
 * The logarithm of softmax, in one step: finite even where the probability itself is too small for a number.
 *
 *   yᵢ = xᵢ − max x − ln Σⱼ e^(xⱼ − max x)
 *
 * A logit of −Infinity gives −Infinity. A row with NaN or +Infinity, or with nothing but −Infinity, becomes NaN, as with
 * `softmax`.
 *
 * @param x  logits, [..., classes], or with the classes along `axis`
 * @returns  natural logarithms of the probabilities, of the shape of x
 * @throws ShapeError when x has no such axis
 * @throws TypeError when x is no tensor, or an option is unknown
 * @example String(logSoftmax(tensor([[0, 1000]])))   // [[-1000.     0.]]
 * @see Goodfellow, Bengio, Courville, Deep Learning (2016), §6.2.2.3
 */
export function logSoftmax<S extends Shape>(x: Tensor<S>, options: SoftmaxOptions = {}): Tensor<S> {
  const { shifted, axis } = shiftLogits(x, options, 'logSoftmax');
  return shifted.sub(shifted.exp().sum(axis, { keepdims: true }).log()) as Tensor<S>;
}
