import { allocate } from '../dtype.ts';
import type { ReduceOperation, SearchOperation } from '../operation.ts';
import { otherAxes, reducedShape, type Shape, sizeOf } from '../shape.ts';
import { blank, broadcastStrides, copyInto, rowMajor, type Strided, Walk } from '../strided.ts';
import type { ReferenceKernel, Numbers } from './kernel.ts';

/** The most rows that are added one after another; longer columns are halved, so that the error stays small. */
const longestColumn = 1024;

/**
 * Folds elements along axes in NumPy's order: along the innermost axis run by run, along outer axes row upon row.
 */
export const reduce: ReferenceKernel<ReduceOperation> = (operation, [input], settings, shape, dtype) => {
  const { axes } = settings;
  const { array: from, shape: lengths, strides, offset } = input!;
  const result = blank(shape, dtype);
  const { array } = result;
  const { identity, refusesEmpty, combine } = operation;
  const fold = combine.loopFor?.[dtype] ?? combine.loop;

  const thin = reducedShape(lengths, axes, true);
  const kept = otherAxes(lengths, axes);
  const closest = (some: readonly number[]): number =>
    Math.min(...some.map((axis) => (lengths[axis] === 1 ? Infinity : Math.abs(strides[axis]!))));
  const rowUponRow = closest(kept) < closest(axes);
  if (rowUponRow && sizeOf(axes.map((axis) => lengths[axis]!)) > longestColumn) {
    const halved = axes.find((axis) => lengths[axis]! > 1)!;
    const half = lengths[halved]! >> 1;
    const [first, rest] = [0, half].map((start) => {
      const length = start ? lengths[halved]! - half : half;
      const part = { ...input!, shape: lengths.with(halved, length), offset: offset + start * strides[halved]! };
      return reduce(operation, [part], settings, shape, dtype);
    }) as [Strided, Strided];
    fold(array.length, first.array, 0, first.array, 0, 1, rest.array, 0, 1, rest.array, 0, 1);
    return first;
  }

  if (!refusesEmpty) array.fill(identity);
  // What has no result for nothing starts with its first elements.
  else if (rowUponRow) copyInto({ ...result, strides: rowMajor(thin) }, input!, thin);
  const run = operation.runFor?.[dtype] ?? operation.run;
  const partial = allocate(dtype, 1);
  const walk = besideResults(input!, thin, rowUponRow ? [...axes, ...kept] : [...kept, ...axes]);
  const { offsets } = walk;
  const step = walk.steps[0]!;
  let begun = 0;
  for (let left = sizeOf(lengths); left > 0; left -= walk.run, walk.next()) {
    const i = offsets[0]!;
    const at = offsets[1]!;
    if (rowUponRow) fold(walk.run, array, at, array, at, 1, from, i, step, from, i, step);
    else {
      partial[0] = run(from, i, step, walk.run, dtype === 'float32');
      // The runs of one result follow each other.
      if (at === begun) array[begun++] = partial[0];
      else fold(1, array, at, array, at, 0, partial, 0, 0, partial, 0, 0);
    }
  }
  return result;
};

/** A walk over all elements, the axes in this order, and beside each over the place of its result in a thin shape. */
function besideResults({ shape, strides, offset }: Numbers, thin: Shape, order: readonly number[]): Walk {
  const to = broadcastStrides(rowMajor(thin), thin, shape);
  const ordered = (list: readonly number[]): readonly number[] => order.map((axis) => list[axis]!);
  return new Walk(ordered(shape), [strides, to].map(ordered), [offset, 0]);
}

/** The index of the extreme element along one axis: the first of equals, or the first NaN. */
export const search: ReferenceKernel<SearchOperation> = (operation, [input], { axis }, shape) => {
  const { array: from, shape: lengths } = input!;
  const result = blank(shape, 'int32');
  const { array } = result;
  const walk = besideResults(input!, lengths.with(axis, 1), [...otherAxes(lengths, [axis]), axis]);
  const step = walk.steps[0]!;
  const largest = operation.order === 'largest';
  for (let left = sizeOf(lengths); left > 0; left -= walk.run, walk.next()) {
    let i = walk.offsets[0]!;
    let best = from[i]!;
    for (let index = 1; index < lengths[axis]!; index++) {
      i += step;
      const candidate = from[i]!;
      if ((largest ? candidate > best : candidate < best) || (candidate !== candidate && best === best)) {
        best = candidate;
        array[walk.offsets[1]!] = index;
      }
    }
  }
  return result;
};
