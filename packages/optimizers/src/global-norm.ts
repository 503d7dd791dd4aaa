import { checkNumber, checkOptions, checkTensor, type Tensor } from '@nn/tensor';
import { float64 } from './learning-rate.ts';
import { flatten, type Gradients } from './nested.ts';

/** Options of `globalNorm`. */
export interface GlobalNormOptions {
  /** The order of the norm: 1 for the sum of absolute numbers, Infinity for the largest. Default 2. */
  readonly order?: number;
}

/**
 * The norm of all numbers of all gradients together.
 *
 *   ‖g‖ₚ = (Σ |g|ᵖ)^(1/p)          the largest |g| for p = ∞
 *
 * Computed in float64, so that the squares of large float32 gradients do not overflow.
 *
 * @param gradients      tensors by name, also in records of records
 * @param options.order  p, default 2
 * @returns              a float64 scalar
 * @throws RangeError, TypeError when the order is not at least 1
 * @example globalNorm({ w: tensor([3, 0]), b: tensor([-4]) }).item()   // 5
 */
export function globalNorm(gradients: Gradients, options: GlobalNormOptions = {}): Tensor {
  const { order = 2 } = checkOptions('globalNorm', options, ['order']);
  checkNumber('globalNorm', 'order', order, order >= 1, 'at least 1', 'Leave it out for the Euclidean norm.');
  const sizes = Object.entries(flatten<Tensor>(gradients, 'globalNorm'))
    .map(([name, gradient]) => checkTensor(gradient, `globalNorm: the gradient of '${name}'`).cast('float64').abs())
    .filter(({ size }) => size > 0);
  if (order === Infinity) return sizes.reduce((largest, size) => largest.maximum(size.max()), float64(0));
  const powers = sizes.map((size) => (order === 1 ? size : order === 2 ? size.mul(size) : size.pow(order)));
  const sum = powers.reduce((total, power) => total.add(power.sum()), float64(0));
  if (order === 1) return sum;
  return order === 2 ? sum.sqrt() : sum.pow(1 / order);
}
