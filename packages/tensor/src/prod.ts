import type { Along, Axes, Reduce } from './axis-types.ts';
import { fold, type Keep } from './methods/reduction.ts';
import { prod as operation } from './operations/prod.ts';
import type { Shape } from './shape.ts';
import { owned, type Tensor } from './tensor.ts';

/**
 * Π a. The product of nothing is 1.
 *
 * A function, not a method: few need it, and what its gradient takes travels with those who do.
 *
 * @param axis  which axes to reduce: one, several, or all when none is named
 * @example String(prod(tensor([2, 3, 4])))   // 24.0
 */
export function prod<S extends Shape, const At extends Axes = undefined, Kept extends boolean = false>(
  a: Tensor<S>,
  axis?: Along<S, At>,
  keep?: Keep<Kept>,
): Tensor<Reduce<S, At, Kept>> {
  const x = owned(a as unknown as Tensor, 'prod');
  return fold(operation).call(x, axis as Axes, keep) as Tensor<Reduce<S, At, Kept>>;
}
