import type { Shape, Tensor } from '@nn/tensor';
import { shiftLogits, type SoftmaxOptions } from './shift-logits.ts';

/**
 * Softmax: logits to probabilities, which add up to 1 along the axis.
 *
 *   yᵢ = e^(xᵢ − max x) / Σⱼ e^(xⱼ − max x)
 *
 * Subtracting the maximum changes nothing but keeps every exponential finite. A logit of −Infinity gets probability 0. A
 * row with NaN or +Infinity, or with nothing but −Infinity, has no probabilities: all its numbers become NaN.
 *
 * @param x  logits, [..., classes], or with the classes along `axis`
 * @returns  probabilities, of the shape of x
 * @throws ShapeError when x has no such axis
 * @throws TypeError when x is no tensor, or an option is unknown
 * @example String(softmax(tensor([[1, 2, 3]])))   // [[0.09003057 0.24472846 0.66524094]]
 * @see Goodfellow, Bengio, Courville, Deep Learning (2016), §4.1
 */
export function softmax<S extends Shape>(x: Tensor<S>, options: SoftmaxOptions = {}): Tensor<S> {
  const { shifted, axis } = shiftLogits(x, options, 'softmax');
  const exponentials = shifted.exp();
  return exponentials.div(exponentials.sum(axis, { keepdims: true })) as Tensor<S>;
}
