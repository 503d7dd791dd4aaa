import { type Tensor, where } from '@nn/tensor';

/**
 * ln(1 + eˣ), which is −ln sigmoid(−x), without overflow and with its right gradient everywhere, at 0 too.
 */
export function softplus(x: Tensor): Tensor {
  const negative = x.less(0);
  return where(negative, 0, x).add(where(negative, x, x.neg()).exp().log1p());
}
