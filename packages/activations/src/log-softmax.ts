import type { Shape, Tensor } from '@nn/tensor';
import { shifted, type SoftmaxOptions } from './shifted.ts';

/**
 * The logarithm of softmax, in one piece: finite even where the probability itself is too small for a number.
 *
 *   yᵢ = xᵢ − max x − ln Σⱼ e^(xⱼ − max x)
 *
 * A score of −Infinity gives −Infinity. A row gives NaN throughout if it holds NaN or +Infinity, or nothing but
 * −Infinity, as with `softmax`.
 *
 * @param x  scores, [..., classes], or with the classes along `axis`
 * @returns  natural logarithms of the probabilities, of the shape of x
 * @throws ShapeError when x has no such axis
 * @example String(logSoftmax(tensor([[0, 1000]])))   // [[-1000.     0.]]
 * @see Goodfellow, Bengio, Courville, Deep Learning (2016), §6.2.2.3
 */
export function logSoftmax<S extends Shape>(x: Tensor<S>, { axis = -1 }: SoftmaxOptions = {}): Tensor<S> {
  const scores = shifted(x, axis, 'logSoftmax');
  return scores.sub(scores.exp().sum(axis, { keepdims: true }).log()) as Tensor<S>;
}
