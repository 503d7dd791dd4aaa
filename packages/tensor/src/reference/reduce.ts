import { allocate, type TypedArray } from '../dtype.ts';
import type { ReduceOperation, SearchOperation } from '../operation.ts';
import { otherAxes, reducedShape, type Shape, sizeOf } from '../shape.ts';
import { blank, broadcastStrides, copyInto, rowMajor, Walk } from '../strided.ts';
import type { ReferenceKernel, Numbers } from './kernel.ts';

/** The most terms that are combined one after another. The results of such blocks are combined pairwise. */
const blockLength = 32;

/**
 * Reduces elements along axes: row by row where the kept axes have the smallest strides, otherwise run by run. Long
 * reductions are split into blocks whose results are combined pairwise, so that rounding errors grow with ln n instead of n.
 *
 * Up to `blockLength` rows, and along one run, the order is that of NumPy.
 *
 * @see Higham, Accuracy and Stability of Numerical Algorithms (2002), §4.2
 */
export const reduce: ReferenceKernel<ReduceOperation> = (operation, inputs, settings, shape, dtype) => {
  if (operation.accumulator && dtype === 'float32') {
    const { array, ...view } = reduce(operation, inputs, settings, shape, operation.accumulator);
    return { ...view, array: Float32Array.from(array) };
  }
  const { shape: lengths, strides } = inputs[0]!;
  const { axes } = settings;
  const closest = (some: readonly number[]): number =>
    Math.min(...some.map((axis) => (lengths[axis] === 1 ? Infinity : Math.abs(strides[axis]!))));
  const rowByRow = closest(otherAxes(lengths, axes)) < closest(axes);
  return (rowByRow ? reduceRows : reduceRuns)(operation, inputs, settings, shape, dtype);
};

/** Combines whole rows of the kept axes with each other. */
const reduceRows: ReferenceKernel<ReduceOperation> = (operation, [input], { axes }, shape, dtype) => {
  const { array: from, shape: lengths } = input!;
  const { identity, refusesEmpty, combine } = operation;
  const loop = combine.loopFor?.[dtype] ?? combine.loop;
  const kept = reducedShape(lengths, axes, true);
  const walk = walkWithResults(input!, kept, [...axes, ...otherAxes(lengths, axes)]);
  const step = walk.steps[0]!;
  const result = blank(shape, dtype);
  const size = result.array.length;
  // An operation that refuses no elements starts with the first ones. It is exact and needs no blocks.
  if (refusesEmpty) copyInto({ ...result, strides: rowMajor(kept) }, input!, kept);
  else result.array.fill(identity);
  const length = size * (refusesEmpty ? Infinity : blockLength);
  /** Results to be combined: one for each bit that is set in `blocks`, of as many blocks as the bit stands for. */
  const pending: TypedArray[] = [];
  let blocks = 0;
  let { array } = result;
  for (let left = sizeOf(lengths); left > 0;) {
    for (let inBlock = Math.min(length, left); inBlock > 0; inBlock -= walk.run, left -= walk.run, walk.next()) {
      const i = walk.offsets[0]!;
      const at = walk.offsets[1]!;
      loop(walk.run, array, at, array, at, 1, from, i, step, from, i, step);
    }
    pending.push(array);
    blocks++;
    let spare: TypedArray | undefined;
    for (let carry = blocks; left === 0 ? pending.length > 1 : carry % 2 === 0; carry /= 2) {
      spare = pending.pop()!;
      const before = pending.at(-1)!;
      loop(size, before, 0, before, 0, 1, spare, 0, 1, spare, 0, 1);
    }
    if (left > 0) array = (spare ?? allocate(dtype, size)).fill(identity);
  }
  return { ...result, array: pending[0] ?? array };
};

/** Reduces the elements of each result run by run, and then the results of its runs. */
const reduceRuns: ReferenceKernel<ReduceOperation> = (operation, [input], { axes }, shape, dtype) => {
  const { array: from, shape: lengths } = input!;
  const walk = walkWithResults(input!, reducedShape(lengths, axes, true), [...otherAxes(lengths, axes), ...axes]);
  const result = blank(shape, dtype);
  const { array } = result;
  if (sizeOf(lengths) === 0) {
    array.fill(operation.identity);
    return result;
  }
  const run = operation.runFor?.[dtype] ?? operation.run;
  const round = dtype === 'float32';
  const step = walk.steps[0]!;
  const runs = allocate(dtype, sizeOf(lengths) / array.length / walk.run);
  for (let at = 0; at < array.length; at++) {
    for (let one = 0; one < runs.length; one++, walk.next()) {
      runs[one] = run(from, walk.offsets[0]!, step, walk.run, round);
    }
    array[at] = runs.length === 1 ? runs[0]! : run(runs, 0, 1, runs.length, round);
  }
  return result;
};

/**
 * A walk over all elements and the index of the result of each.
 *
 * @param kept   the shape of the results, in which the reduced axes have length 1
 * @param order  the order of the axes
 */
function walkWithResults({ shape, strides, offset }: Numbers, kept: Shape, order: readonly number[]): Walk {
  const to = broadcastStrides(rowMajor(kept), kept, shape);
  const ordered = (list: readonly number[]): readonly number[] => order.map((axis) => list[axis]!);
  return new Walk(ordered(shape), [strides, to].map(ordered), [offset, 0]);
}

/** The index of the extreme element along one axis: the first of equals, or the first NaN. */
export const search: ReferenceKernel<SearchOperation> = (operation, [input], { axis }, shape) => {
  const { array: from, shape: lengths } = input!;
  const result = blank(shape, 'int32');
  const { array } = result;
  const walk = walkWithResults(input!, lengths.with(axis, 1), [...otherAxes(lengths, [axis]), axis]);
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
