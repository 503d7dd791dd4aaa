import { concat as concatOperation } from './operations/join.ts';
import { ShapeError } from './error.ts';
import { normalizeAxis } from './shape.ts';
import { apply, owned, type Tensor } from './tensor.ts';
import type { Operand } from './methods/reading.ts';

/**
 * Tensors one after another along an axis.
 *
 * @throws ShapeError when they differ elsewhere
 * @example String(concat([tensor([1, 2]), tensor([3])]))   // [1. 2. 3.]
 */
export function concat(tensors: readonly Tensor[], axis = 0): Tensor {
  const rank = tensors.length > 0 ? owned(tensors[0]!, 'concat').rank : 1;
  return apply(concatOperation, tensors, { axis: normalizeAxis(axis, rank, 'concat') });
}

/**
 * Tensors of one shape side by side along a new axis.
 *
 * @throws ShapeError when their shapes differ
 * @example String(stack([tensor([1, 2]), tensor([3, 4])]))   // [[1. 2.]\n [3. 4.]]
 */
export function stack(tensors: readonly Tensor[], axis = 0): Tensor {
  if (tensors.length === 0) {
    throw new ShapeError('stack: there must be at least one tensor, got none. Check the list before stacking it.');
  }
  const along = normalizeAxis(axis, owned(tensors[0]!, 'stack').rank + 1, 'stack');
  return concat(tensors.map((one) => owned(one, 'stack').expandDims(along)), along);
}

/**
 * a where the condition holds, b elsewhere; all three are broadcast.
 *
 * @example String(where(tensor([true, false]), 1, tensor([5, 6])))   // [1. 6.]
 */
export function where(condition: Tensor, a: Operand, b: Operand): Tensor {
  return owned(condition, 'where').where(a, b);
}
