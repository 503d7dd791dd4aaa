import type { Shape, Tensor } from '@nn/tensor';
import { checkInput } from './check-input.ts';

/**
 * What tanh takes away.
 *
 *   y = x − tanh x
 *
 * @param x  any shape
 * @returns  numbers of the shape of x
 * @throws TypeError when x is no tensor
 * @example String(tanhShrink(tensor([-1, 0, 1])))   // [-0.23840582  0.          0.23840582]
 * @see PyTorch, torch.nn.Tanhshrink
 */
export function tanhShrink<S extends Shape>(x: Tensor<S>): Tensor<S> {
  checkInput(x, 'tanhShrink');
  return x.sub(x.tanh()) as Tensor<S>;
}
