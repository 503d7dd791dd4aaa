import type { Shape, Tensor } from '@nn/tensor';
import { shifted, type SoftmaxOptions } from './shifted.ts';

/**
 * Softmax: scores to probabilities, which add up to 1 along the axis.
 *
 *   yᵢ = e^(xᵢ − max x) / Σⱼ e^(xⱼ − max x)
 *
 * Taking the largest score away changes nothing but keeps every power finite. A score of −Infinity gets probability 0.
 * A row gives NaN throughout if it holds NaN or +Infinity, or nothing but −Infinity: no probabilities fit it.
 *
 * @param x  scores, [..., classes], or with the classes along `axis`
 * @returns  probabilities, of the shape of x
 * @throws ShapeError when x has no such axis
 * @example String(softmax(tensor([[1, 2, 3]])))   // [[0.09003057 0.24472846 0.66524094]]
 * @see Goodfellow, Bengio, Courville, Deep Learning (2016), §4.1
 */
export function softmax<S extends Shape>(x: Tensor<S>, { axis = -1 }: SoftmaxOptions = {}): Tensor<S> {
  const powers = shifted(x, axis, 'softmax').exp();
  return powers.div(powers.sum(axis, { keepdims: true })) as Tensor<S>;
}
