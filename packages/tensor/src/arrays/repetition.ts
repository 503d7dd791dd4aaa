import { concat } from '../combination.ts';
import { tensor } from '../creation.ts';
import { checkNumber, ShapeError } from '../errors.ts';
import type { SliceRange } from '../methods/view.ts';
import { checkOptions } from '../options.ts';
import { checkList, normalizeAxes, normalizeAxis, type Shape, showShape } from '../shape.ts';
import { checkTensor, type Tensor } from '../tensor.ts';

/**
 * The elements moved on along axes; those that leave at the end come in at the start.
 *
 *   y[i] = x[(i − shift) mod length]
 *
 * @param shift  how far, backwards where it is negative: one number, or one for each axis
 * @param axis   one or several axes; without one the elements are moved on as one row
 * @throws RangeError, TypeError when a shift is no integer
 * @throws ShapeError when there are not as many shifts as axes
 * @example String(roll(tensor([1, 2, 3]), 1))   // [3. 1. 2.]
 * @see NumPy: roll
 */
export function roll(x: Tensor, shift: number | readonly number[], axis?: number | readonly number[]): Tensor {
  const given = checkTensor(x, 'roll');
  if (axis === undefined) return roll(given.reshape([-1]) as Tensor, shift, 0).reshape(given.shape) as Tensor;
  const axes = normalizeAxes(axis, given.rank, 'roll');
  const shifts = typeof shift === 'number' ? axes.map(() => shift) : checkList(shift, 'roll: the shifts');
  if (shifts.length !== axes.length) {
    throw new ShapeError(`roll: ${shifts.length} shifts for ${axes.length} axes. Give one for each axis.`);
  }
  return axes.reduce((rolled, along, at) => rolledAlong(rolled, shifts[at]!, along), given);
}

function rolledAlong(x: Tensor, shift: number, axis: number): Tensor {
  checkNumber('roll', 'a shift', shift, Number.isInteger(shift), 'an integer');
  const length = x.shape[axis]!;
  const start = length === 0 ? 0 : (((length - shift) % length) + length) % length;
  if (start === 0) return x;
  const part = (range: SliceRange): Tensor =>
    x.slice(...Array.from({ length: axis }, (): SliceRange => []), range) as Tensor;
  return concat([part([start, null]), part([0, start])], axis) as Tensor;
}

/**
 * The tensor several times, one beside the other.
 *
 * @param times  how often along each of the last axes; more numbers than axes make new leading axes
 * @throws RangeError, TypeError when a number is no integer from 0 on
 * @example String(tile(tensor([1, 2]), [2, 2]))   // [[1. 2. 1. 2.]\n [1. 2. 1. 2.]]
 * @see NumPy: tile
 */
export function tile(x: Tensor, times: number | readonly number[]): Tensor {
  const given = checkTensor(x, 'tile');
  const counts = typeof times === 'number' ? [times] : checkList(times, 'tile: the times');
  for (const count of counts) checkCount('tile', count);
  const rank = Math.max(counts.length, given.rank);
  const filled = (list: readonly number[]): Shape => [...Array.from({ length: rank - list.length }, () => 1), ...list];
  const [shape, own] = [filled(given.shape), filled(counts)];
  const spread = given.reshape(shape.flatMap((length) => [1, length])) as Tensor;
  const repeated = spread.expand(shape.flatMap((length, axis) => [own[axis]!, length])) as Tensor;
  return repeated.reshape(shape.map((length, axis) => length * own[axis]!)) as Tensor;
}

/**
 * Each element several times, one after the other.
 *
 * @param times  how often: one number for all, or one for each entry along the axis
 * @param axis   the axis; without one the elements are one row
 * @throws RangeError, TypeError when a number is no integer from 0 on
 * @throws ShapeError when there are not as many numbers as entries
 * @example String(repeat(tensor([1, 2]), 2))   // [1. 1. 2. 2.]
 * @see NumPy: repeat
 */
export function repeat(x: Tensor, times: number | readonly number[], axis?: number): Tensor {
  const given = checkTensor(x, 'repeat');
  if (axis === undefined) return repeat(given.reshape([-1]) as Tensor, times, 0);
  const along = normalizeAxis(axis, given.rank, 'repeat');
  const length = given.shape[along]!;
  if (typeof times === 'number') {
    checkCount('repeat', times);
    const spread = given.expandDims(along + 1) as Tensor;
    return spread
      .expand(spread.shape.with(along + 1, times))
      .reshape(given.shape.with(along, length * times)) as Tensor;
  }
  const counts = checkList(times, 'repeat: the times');
  if (counts.length !== length) {
    throw new ShapeError(
      `repeat: ${counts.length} numbers for the ${length} entries along axis ${along} of ${showShape(given.shape)}. ` +
        `Give one for each entry.`,
    );
  }
  for (const count of counts) checkCount('repeat', count);
  const indices = counts.flatMap((count, at) => Array.from({ length: count }, () => at));
  return given.take(tensor(indices, { dtype: 'int32' }).reshape([indices.length]), along) as Tensor;
}

function checkCount(caller: string, count: number): void {
  checkNumber(caller, 'times', count, Number.isInteger(count) && count >= 0, 'an integer from 0 on');
}

/**
 * The coordinates of a grid, from those along each axis.
 *
 * @param options.indexing  `xy`, as given without it: the first vector runs along columns, as in pictures; `ij`: along rows
 * @returns  one tensor for each vector, all of the shape of the grid
 * @throws ShapeError when one is no vector
 * @throws TypeError when the indexing is unknown
 * @example String(meshgrid([tensor([1, 2]), tensor([3, 4])])[0])   // [[1. 2.]\n [1. 2.]]
 * @see NumPy: meshgrid
 */
export function meshgrid(
  vectors: readonly Tensor[],
  options: { readonly indexing?: 'xy' | 'ij' } = {},
): readonly Tensor[] {
  const { indexing = 'xy' } = checkOptions('meshgrid', options, ['indexing']);
  if (indexing !== 'xy' && indexing !== 'ij') {
    throw new TypeError(`meshgrid: indexing is '${String(indexing)}'. It is 'xy' or 'ij'.`);
  }
  const list = checkList(vectors, 'meshgrid').map((one) => checkTensor(one, 'meshgrid'));
  for (const { shape } of list) {
    if (shape.length !== 1)
      throw new ShapeError(`meshgrid: expected vectors, got shape ${showShape(shape)}. Flatten it.`);
  }
  const axisOf = (at: number): number => (indexing === 'xy' && at < 2 && list.length > 1 ? 1 - at : at);
  const shape = list.map((_, axis) => list.find((__, at) => axisOf(at) === axis)!.shape[0]!);
  return list.map((one, at) => {
    const ones = shape.map((__, axis) => (axis === axisOf(at) ? one.size : 1));
    return one.reshape(ones).expand(shape) as Tensor;
  });
}
