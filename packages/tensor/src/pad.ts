import { DTypeError, ShapeError } from './error.ts';
import { pad as operation } from './operations/slice.ts';
import { checkList, checkShape, type Shape, showShape } from './shape.ts';
import type { SameRank } from './shape-types.ts';
import { apply, owned, type Tensor } from './tensor.ts';

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
  { value = 0, between }: { readonly value?: number; readonly between?: readonly number[] } = {},
): Tensor<SameRank<S>> {
  const x = owned(a as unknown as Tensor, 'pad');
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
