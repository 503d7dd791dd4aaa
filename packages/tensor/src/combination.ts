import { DTypeError, ShapeError } from './errors.ts';
import type { Beside } from './methods/elementwise.ts';
import type { Operand } from './methods/reading.ts';
import type { SliceRange } from './methods/view.ts';
import { concat as concatOperation, pad as operation } from './operations/join.ts';
import { checkOptions } from './options.ts';
import { checkList, checkShape, normalizeAxis, sameShape, type Shape, showShape } from './shape.ts';
import { apply, checkTensor, type Tensor } from './tensor.ts';
import type { AlongOne, WithLength } from './types/axes.ts';
import type { Broadcast, Fits, SameRank } from './types/broadcast.ts';
import type { Concat, Concatenating, Stack, Stacking } from './types/reshape.ts';

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
  const rank = list.length > 0 ? checkTensor(list[0]!, 'concat').rank : 1;
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
  const list = checkList(tensors as readonly Tensor[], 'stack').map((one) => checkTensor(one, 'stack'));
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
  const held = checkTensor(condition, 'where');
  return held.where(a as Operand, b as Operand) as Tensor<Broadcast<Broadcast<A, B>, C>>;
}

/**
 * In parts along one axis: so many equal ones, or of these lengths. The inverse of `concat`; no numbers are moved.
 *
 * @throws ShapeError when the lengths do not add up to the axis
 * @example split(tensor([1, 2, 3, 4]), [1, 3]).join(' ')   // [1.] [2. 3. 4.]
 */
export function split<S extends Shape, const At extends number = 0>(
  tensor: Tensor<S>,
  parts: number | readonly number[],
  axis?: AlongOne<S, At>,
): Tensor<WithLength<S, At, number>>[] {
  const x = checkTensor(tensor as unknown as Tensor, 'split');
  const along = normalizeAxis(axis ?? 0, x.rank, 'split');
  const length = x.shape[along]!;
  if (typeof parts === 'number' && !(parts > 0 && length % parts === 0)) {
    throw new ShapeError(
      `split: the ${length} places of axis ${along} in ${showShape(x.shape)} do not fall into ${parts} equal parts. ` +
        `Give the lengths of the parts: [${Math.ceil(length / 2)}, ${Math.floor(length / 2)}].`,
    );
  }
  const lengths =
    typeof parts === 'number' ? Array.from({ length: parts }, () => length / parts) : checkList(parts, 'split');
  if (lengths.some((part) => !Number.isInteger(part) || part < 0) || lengths.reduce((a, b) => a + b, 0) !== length) {
    throw new ShapeError(
      `split: parts of lengths ${showShape(lengths)} do not add up to the ${length} places of axis ${along} in ` +
        `${showShape(x.shape)}. Give whole lengths whose sum is ${length}.`,
    );
  }
  let start = 0;
  return lengths.map((part) => {
    const ranges = x.shape.map((_, at): SliceRange => (at === along ? [start, start + part] : []));
    start += part;
    return x.slice(...ranges) as Tensor as Tensor<WithLength<S, At, number>>;
  });
}

/**
 * A frame of `value` around the elements, and `between` neighbours along each axis if asked for.
 *
 * @param widths  one width for all sides, or per axis [before, after]
 * @throws ShapeError when a width is negative or an axis has none
 * @throws DTypeError when the value is none that the dtype holds
 * @example String(pad(tensor([1, 2]), [[1, 2]]))   // [0. 1. 2. 0. 0.]
 */
export function pad<S extends Shape>(
  a: Tensor<S>,
  widths: number | readonly (readonly [before: number, after: number])[],
  options: { readonly value?: number; readonly between?: readonly number[] } = {},
): Tensor<SameRank<S>> {
  const { value = 0, between } = checkOptions('pad', options, ['value', 'between']);
  const x = checkTensor(a as unknown as Tensor, 'pad');
  const { shape, rank, dtype } = x;
  const pairs = typeof widths === 'number' ? shape.map(() => [widths, widths] as const) : checkList(widths, 'pad');
  const gaps = checkList(between ?? shape.map(() => 0), 'pad');
  const all = [...pairs.flatMap((pair) => checkList(pair as readonly number[], 'pad')), ...gaps];
  if (pairs.length !== rank || gaps.length !== rank || !all.every((width) => Number.isInteger(width) && width >= 0)) {
    throw new ShapeError(
      `pad: shape ${showShape(shape)} takes one pair of whole widths from 0 on per axis, got ` +
        `[${pairs.map(showShape).join(', ')}]. Write [[1, 1], [0, 2]] for a matrix.`,
    );
  }
  if ((dtype === 'int32' && value !== (value | 0)) || (dtype === 'bool' && value !== 0 && value !== 1)) {
    throw new DTypeError(`pad: a frame of ${value} does not fit around ${dtype}. Write x.cast('float32') first.`);
  }
  const framed = shape.map((length, axis) => {
    const [before, after] = pairs[axis]!;
    return before + length + Math.max(length - 1, 0) * gaps[axis]! + after;
  });
  const settings = {
    shape: checkShape(framed, 'pad'),
    starts: pairs.map(([before]) => before),
    steps: gaps.map((gap) => gap + 1),
    value,
  };
  return apply(operation, [x], settings) as Tensor as Tensor<SameRank<S>>;
}
