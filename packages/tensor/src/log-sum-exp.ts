import type { Along, Axes, Reduce } from './axis-types.ts';
import { isFloating } from './dtype.ts';
import type { Keep } from './methods/reduction.ts';
import { normalizeAxes, reducedShape, type Shape } from './shape.ts';
import { owned, type Tensor } from './tensor.ts';

/**
 * ln Σ eᵃ, shifted by the largest element so that it cannot overflow. Of nothing it is −Infinity.
 *
 * @param axis  which axes to reduce: one, several, or all when none is named
 * @example String(logSumExp(tensor([1000, 1000])))   // 1000.6932
 */
export function logSumExp<S extends Shape, const At extends Axes = undefined, Kept extends boolean = false>(
  a: Tensor<S>,
  axis?: Along<S, At>,
  { keepdims = false as Kept }: Keep<Kept> = {},
): Tensor<Reduce<S, At, Kept>> {
  const given = owned(a as unknown as Tensor, 'logSumExp');
  const x = isFloating(given.dtype) ? given : given.cast('float32');
  const axes = normalizeAxes(axis as Axes, x.rank, 'logSumExp');
  const keep = { keepdims: keepdims as boolean };
  // Nothing has no largest element; ln 0 is its logarithm.
  if (x.size === 0) return x.sum(axes, keep).log() as Tensor<Reduce<S, At, Kept>>;
  const largest = x.max(axes, { keepdims: true }).detach();
  // An infinite maximum cannot be subtracted from itself.
  const shift = largest.abs().notEqual(Infinity).where(largest, 0);
  const sums = x.sub(shift).exp().sum(axes, keep);
  return sums.log().add(shift.reshape(reducedShape(x.shape, axes, keepdims))) as Tensor<Reduce<S, At, Kept>>;
}
