import { concat as concatOperation } from './operations/join.ts';
import { ShapeError } from './error.ts';
import type { Concat, Concatenating, Stack, Stacking } from './combination-types.ts';
import { checkList, normalizeAxis, sameShape, type Shape, showShape } from './shape.ts';
import type { Broadcast, Fits } from './shape-types.ts';
import type { Beside } from './methods/elementwise.ts';
import { apply, owned, type Tensor } from './tensor.ts';
import type { Operand } from './methods/reading.ts';

/** Tensors of these shapes, in this order. */
export type TensorsOf<Shapes extends readonly Shape[]> = { readonly [At in keyof Shapes]: Tensor<Shapes[At]> };

/**
 * Tensors one after another along an axis.
 *
 * @throws ShapeError when they differ elsewhere
 * @example String(concat([tensor([1, 2]), tensor([3])]))   // [1. 2. 3.]
 */
export function concat<const Shapes extends readonly Shape[], const At extends number = 0>(
  tensors: Fits<Concatenating<Shapes, At>, Shapes, TensorsOf<Shapes>>,
  axis?: At,
): Tensor<Concat<Shapes, At>> {
  const list = checkList(tensors as readonly Tensor[], 'concat');
  const rank = list.length > 0 ? owned(list[0]!, 'concat').rank : 1;
  return apply(concatOperation, list, { axis: normalizeAxis(axis ?? 0, rank, 'concat') }) as Tensor<Concat<Shapes, At>>;
}

/**
 * Tensors of one shape side by side along a new axis.
 *
 * @throws ShapeError when their shapes differ
 * @example String(stack([tensor([1, 2]), tensor([3, 4])]))   // [[1. 2.]\n [3. 4.]]
 */
export function stack<const Shapes extends readonly Shape[], const At extends number = 0>(
  tensors: Fits<Stacking<Shapes, At>, Shapes, TensorsOf<Shapes>>,
  axis?: At,
): Tensor<Stack<Shapes, At>> {
  const list = checkList(tensors as readonly Tensor[], 'stack').map((one) => owned(one, 'stack'));
  if (list.length === 0) {
    throw new ShapeError('stack: there must be at least one tensor, got none. Check the list before stacking it.');
  }
  const [first] = list as [Tensor];
  if (!list.every(({ shape }) => sameShape(shape, first.shape))) {
    throw new ShapeError(
      `stack: shapes ${list.map(({ shape }) => showShape(shape)).join(', ')} must be equal. Use concat to join along an ` +
        `axis that they have.`,
    );
  }
  const along = normalizeAxis(axis ?? 0, first.rank + 1, 'stack');
  const rows: readonly Tensor[] = list.map((one) => one.expandDims(along));
  return concat(rows, along) as Tensor as Tensor<Stack<Shapes, At>>;
}

/**
 * a where the condition holds, b elsewhere; all three are broadcast.
 *
 * @example String(where(tensor([true, false]), 1, tensor([5, 6])))   // [1. 6.]
 */
export function where<A extends Shape, B extends Shape = [], C extends Shape = []>(
  condition: Tensor<A>,
  a: Beside<A, B>,
  b: Beside<Broadcast<A, B>, C>,
): Tensor<Broadcast<Broadcast<A, B>, C>> {
  const held = owned(condition, 'where');
  return held.where(a as Operand, b as Operand) as Tensor<Broadcast<Broadcast<A, B>, C>>;
}
