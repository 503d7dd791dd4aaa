import { type Tensor, where } from '@nn/tensor';

/**
 * The p-norm of each row, (Σ |x|ᵖ)^(1/p), over the last axis. Its gradient is 0 where every element is 0, where the norm
 * has none.
 */
export function norm(x: Tensor, p = 2): Tensor {
  if (p === 1) return x.abs().sum(-1);
  const sums = (p === 2 ? x.mul(x) : x.abs().pow(p)).sum(-1);
  const zero = sums.equal(0);
  const positive = where(zero, 1, sums);
  return where(zero, 0, p === 2 ? positive.sqrt() : positive.pow(1 / p));
}
