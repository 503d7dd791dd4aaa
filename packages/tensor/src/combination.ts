import { holdsExactly } from './dtype.ts';
import { DTypeError, ShapeError } from './errors.ts';
import type { BroadcastOperand } from './methods/elementwise.ts';
import type { Operand } from './methods/tensor-base.ts';
import type { SliceRange } from './methods/view.ts';
import { concat as concatOperation, pad as operation } from './operations/join.ts';
import { overlapAdd as overlapAddOperation, slidingWindows as slidingWindowsOperation } from './operations/window.ts';
import type { WindowSettings } from './operation.ts';
import { checkOptions } from './options.ts';
import { checkList, checkShape, normalizeAxis, sameShape, type Shape, showShape } from './shape.ts';
import { apply, checkTensor, type Tensor } from './tensor.ts';
import type { AlongOne, WithLength } from './types/axes.ts';
import type { Broadcast, Fits, SameRank } from './types/broadcast.ts';
import type { Concat, Concatenating, Stack, Stacking } from './types/reshape.ts';

/** A tuple of tensors with these shapes. */
export type TensorsOf<Shapes extends readonly Shape[]> = { readonly [At in keyof Shapes]: Tensor<Shapes[At]> };

/**
 * Tensors concatenated along an axis.
 *
 * @throws ShapeError when the lengths of another axis differ
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
 * Tensors of equal shape stacked along a new axis.
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
    throw new ShapeError('stack: expected at least one tensor, got none. Check the list first.');
  }
  const [first] = list as [Tensor];
  if (!list.every(({ shape }) => sameShape(shape, first.shape))) {
    throw new ShapeError(
      `stack: shapes ${list.map(({ shape }) => showShape(shape)).join(', ')} must be equal. Use concat for an ` +
        `existing axis.`,
    );
  }
  const along = normalizeAxis(axis ?? 0, first.rank + 1, 'stack');
  const rows: readonly Tensor[] = list.map((one) => one.expandDims(along));
  return concat(rows, along) as Tensor as Tensor<Stack<Shapes, At>>;
}

/**
 * a where the condition is true, b elsewhere; all three are broadcast. See the method `where` for its gradient.
 *
 * @example String(where(tensor([true, false]), 1, tensor([5, 6])))   // [1. 6.]
 */
export function where<A extends Shape, B extends Shape = [], C extends Shape = []>(
  condition: Tensor<A>,
  a: BroadcastOperand<A, B>,
  b: BroadcastOperand<Broadcast<A, B>, C>,
): Tensor<Broadcast<Broadcast<A, B>, C>> {
  const checked = checkTensor(condition, 'where');
  return checked.where(a as Operand, b as Operand) as Tensor<Broadcast<Broadcast<A, B>, C>>;
}

/**
 * The tensor split along one axis into a number of equal parts, or into parts of given lengths. It is the inverse of
 * `concat`; the elements are not copied.
 *
 * @param parts  the number of equal parts, or the length of each part
 * @throws ShapeError when the axis is not divisible by the number, or the lengths do not add up to the axis
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
      `split: axis ${along} of ${showShape(x.shape)} cannot be split into ${parts} equal parts. ` +
        `Give the lengths of the parts: [${Math.ceil(length / 2)}, ${Math.floor(length / 2)}].`,
    );
  }
  const lengths =
    typeof parts === 'number' ? Array.from({ length: parts }, () => length / parts) : checkList(parts, 'split');
  if (lengths.some((part) => !Number.isInteger(part) || part < 0) || lengths.reduce((a, b) => a + b, 0) !== length) {
    throw new ShapeError(
      `split: lengths ${showShape(lengths)} do not add up to the length of axis ${along} of ${showShape(x.shape)}. ` +
        `Give non-negative integers whose sum is ${length}.`,
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
 * All windows of a size that slides along some axes, as a view: nothing is copied. The windowed axes then count positions,
 * and new axes at the end count the elements of a window. (NumPy: sliding_window_view.)
 *
 *   y[i, k] = x[i · stride + k · dilation]
 *
 * @param axes               the axes along which the window slides
 * @param sizes              the size of the window along each of them
 * @param options.strides    from one position to the next, 1 if left out
 * @param options.dilations  from one element of a window to the next, 1 if left out
 * @throws ShapeError when a window does not fit, or a number is not a positive integer
 * @example String(slidingWindows(tensor([1, 2, 3, 4]), [0], [3]))   // [[1. 2. 3.]\n [2. 3. 4.]]
 */
export function slidingWindows(
  x: Tensor,
  axes: readonly number[],
  sizes: readonly number[],
  options: { readonly strides?: readonly number[]; readonly dilations?: readonly number[] } = {},
): Tensor {
  const { rank } = checkTensor(x, 'slidingWindows');
  return apply(slidingWindowsOperation, [x], checkWindows('slidingWindows', rank, axes, sizes, options));
}

/**
 * Windows added up where they overlap: the inverse direction of `slidingWindows`, and its derivative.
 *
 *   y[i · stride + k · dilation] += windows[i, k]      from zeros
 *
 * @param windows            positions along the axes, and at the end the elements of a window, as `slidingWindows` gives them
 * @param shape              the shape of the result
 * @param axes               the axes along which the window slides
 * @param options.strides    from one position to the next, 1 if left out
 * @param options.dilations  from one element of a window to the next, 1 if left out
 * @throws ShapeError when windows have not the shape of the windows of such a result
 * @example String(overlapAdd(tensor([[1, 2, 3], [4, 5, 6]]), [4], [0]))   // [1. 6. 8. 6.]
 */
export function overlapAdd(
  windows: Tensor,
  shape: Shape,
  axes: readonly number[],
  options: { readonly strides?: readonly number[]; readonly dilations?: readonly number[] } = {},
): Tensor {
  const caller = 'overlapAdd';
  const { length: rank } = checkShape(shape, caller);
  const given = checkTensor(windows, caller);
  const sizes = given.shape.slice(given.rank - checkList(axes, caller).length);
  const settings = checkWindows(caller, rank, axes, sizes, options);
  const fitting = slidingWindowsOperation.shape([shape], settings);
  if (!sameShape(given.shape, fitting)) {
    throw new ShapeError(
      `${caller}: windows of ${showShape(shape)} have shape ${showShape(fitting)}, got ${showShape(given.shape)}. ` +
        `Give the shape that the windows are taken from.`,
    );
  }
  return apply(overlapAddOperation, [given], { ...settings, shape });
}

/** @throws ShapeError when the windows of such axes, sizes, strides and dilations do not exist for a tensor of that rank */
function checkWindows(
  caller: string,
  rank: number,
  axes: readonly number[],
  sizes: readonly number[],
  options: { readonly strides?: readonly number[]; readonly dilations?: readonly number[] },
): WindowSettings {
  const ones = checkList(axes, caller).map(() => 1);
  const { strides = ones, dilations = ones } = checkOptions(caller, options, ['strides', 'dilations']);
  const along = axes.map((axis) => normalizeAxis(axis, rank, caller));
  if (new Set(along).size !== along.length) {
    throw new ShapeError(`${caller}: each axis may be given once, got ${showShape(axes)}. Remove the duplicate.`);
  }
  for (const [name, list] of Object.entries({ sizes, strides, dilations })) {
    if (checkList(list, caller).length !== axes.length || list.some((one) => !Number.isInteger(one) || one < 1)) {
      throw new ShapeError(
        `${caller}: ${name} must be one positive integer for each of ${axes.length} axes, got ${showShape(list)}. ` +
          `Write [3, 3] for two axes.`,
      );
    }
  }
  return { axes: along, sizes, steps: strides, dilations };
}

/**
 * The elements padded with `value` at both ends of each axis, and optionally between neighbouring elements.
 *
 * @param widths          one width for all sides, or per axis [before, after]
 * @param options.value   the value of the added elements, 0 if left out
 * @param options.between per axis how many values are inserted between neighbours, 0 if left out
 * @throws ShapeError when a width is not a non-negative integer, or there is not one pair per axis
 * @throws DTypeError when the dtype cannot hold the value
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
      `pad: shape ${showShape(shape)} needs one pair of non-negative integer widths per axis, got ` +
        `[${pairs.map(showShape).join(', ')}]. Write [[1, 1], [0, 2]] for a matrix.`,
    );
  }
  if (!holdsExactly(dtype, value)) {
    throw new DTypeError(`pad: ${dtype} cannot hold the value ${value}. Write x.cast('float32') first.`);
  }
  const padded = shape.map((length, axis) => {
    const [before, after] = pairs[axis]!;
    return before + length + Math.max(length - 1, 0) * gaps[axis]! + after;
  });
  const settings = {
    shape: checkShape(padded, 'pad'),
    starts: pairs.map(([before]) => before),
    steps: gaps.map((gap) => gap + 1),
    value,
  };
  return apply(operation, [x], settings) as Tensor as Tensor<SameRank<S>>;
}
