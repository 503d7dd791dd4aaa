import type { AlongOne, Reduce } from './axis-types.ts';
import type { Keep } from './methods/reduction.ts';
import type { Search } from './operation.ts';
import * as operations from './operations/search.ts';
import { normalizeAxis, type Shape } from './shape.ts';
import { apply, owned, type Tensor } from './tensor.ts';

// Functions, not methods: no gradient needs them, so they travel with those who ask for places.

/**
 * The place of the largest element, the first of equals; without an axis its place in row-major order.
 *
 * @throws ShapeError when there is nothing along the axis
 * @example String(argmax(tensor([[1, 5], [7, 7]]), 1))   // [1 0]
 */
export function argmax<S extends Shape, const At extends number | undefined = undefined, Kept extends boolean = false>(
  a: Tensor<S>,
  axis?: AlongOne<S, At>,
  keep?: Keep<Kept>,
): Tensor<Reduce<S, At, Kept>> {
  return place(operations.argmax, a, axis as number | undefined, keep) as Tensor<Reduce<S, At, Kept>>;
}

/**
 * The place of the smallest element, the first of equals; without an axis its place in row-major order.
 *
 * @throws ShapeError when there is nothing along the axis
 * @example String(argmin(tensor([[1, 5], [7, 7]]), 1))   // [0 0]
 */
export function argmin<S extends Shape, const At extends number | undefined = undefined, Kept extends boolean = false>(
  a: Tensor<S>,
  axis?: AlongOne<S, At>,
  keep?: Keep<Kept>,
): Tensor<Reduce<S, At, Kept>> {
  return place(operations.argmin, a, axis as number | undefined, keep) as Tensor<Reduce<S, At, Kept>>;
}

function place<S extends Shape>(
  operation: Search,
  a: Tensor<S>,
  axis: number | undefined,
  { keepdims = false }: Keep = {},
): Tensor {
  const x = owned(a as unknown as Tensor, operation.name);
  if (axis !== undefined) {
    return apply(operation, [x], { axis: normalizeAxis(axis, x.rank, operation.name), keepdims });
  }
  const found = apply(operation, [x.reshape([-1])], { axis: 0, keepdims: false });
  return found.reshape(keepdims ? x.shape.map(() => 1) : []);
}
