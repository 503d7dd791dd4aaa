import type { Shape, Tensor } from '@nn/tensor';
import { checkInput } from './check-input.ts';

/**
 * The Gaussian error linear unit, approximated by tanh: what GPT-2 and BERT were trained with.
 *
 *   y = x · ½ · (1 + tanh(√(2/π) · (x + 0.044715 · x³)))
 *
 * @param x  any shape
 * @returns  numbers of the shape of x
 * @throws TypeError when x is no tensor
 * @example String(geluTanh(tensor([-1, 0, 2])))   // [-0.158808   0.         1.9545977]
 * @see Hendrycks, Gimpel, Gaussian Error Linear Units (2016)
 */
export function geluTanh<S extends Shape>(x: Tensor<S>): Tensor<S> {
  checkInput(x, 'geluTanh');
  const inner = x.add(x.mul(x).mul(x).mul(0.044715)).mul(Math.sqrt(2 / Math.PI));
  return x.mul(inner.tanh().add(1)).mul(0.5) as Tensor<S>;
}
