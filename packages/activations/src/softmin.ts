import type { Shape, Tensor } from '@nn/tensor';
import type { SoftmaxOptions } from './shift-logits.ts';
import { checkInput } from './check-input.ts';
import { softmax } from './softmax.ts';

/**
 * Softmin: softmax of −x, so that the smallest number gets the largest probability.
 *
 *   yᵢ = e^−xᵢ / Σⱼ e^−xⱼ
 *
 * @param x  [..., classes], or with the classes along `axis`
 * @returns  probabilities, of the shape of x
 * @throws ShapeError when x has no such axis
 * @throws TypeError when x is no tensor, or an option is unknown
 * @example String(softmin(tensor([[1, 2, 3]])))   // [[0.66524094 0.24472846 0.09003057]]
 * @see PyTorch, torch.nn.Softmin
 */
export function softmin<S extends Shape>(x: Tensor<S>, options: SoftmaxOptions = {}): Tensor<S> {
  checkInput(x, 'softmin');
  return softmax(x.neg(), options);
}
