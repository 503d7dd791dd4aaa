import { allocate, type DType, type TypedArray } from '../dtype.ts';
import type { Reduce, Search } from '../operation.ts';
import { sizeOf } from '../shape.ts';
import { blank, Walk } from '../strided.ts';
import type { Kernel, Numbers } from './kernel.ts';

/** The most rows that are added one after another; longer columns are halved, so that the error stays small. */
const longestColumn = 1024;

/**
 * Folds elements along axes in NumPy's order: along the innermost axis run by run, along outer axes row upon row.
 */
export const reduce: Kernel<Reduce> = (operation, [input], { axes }, shape, dtype) => {
  const result = blank(shape, dtype);
  const { array } = result;
  if (operation.initial !== undefined) array.fill(operation.initial);
  if (array.length === 0 || sizeOf(input!.shape) === 0) return result;

  const kept = input!.shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  const outer = seenAlong(input!, kept);
  const inner = seenAlong(input!, axes);
  if (kept.includes(innermost(input!))) foldRows(operation, input!, outer, inner, array, dtype);
  else foldRuns(operation, input!, outer, inner, array, dtype);
  return result;
};

/** The axis whose neighbours lie closest together. */
function innermost({ shape, strides }: Numbers): number {
  let closest = -1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis] !== 1 && (closest < 0 || Math.abs(strides[axis]!) < Math.abs(strides[closest]!))) closest = axis;
  }
  return closest;
}

/** Along the reduced axes: each result from its own runs. */
function foldRuns(operation: Reduce, input: Numbers, outer: Seen, inner: Seen, array: TypedArray, dtype: DType): void {
  const runs = new Walk(inner.shape, [inner.strides], [0]);
  const { run, steps } = runs;
  const starts = startsOf(runs, sizeOf(inner.shape));
  const walk = new Walk(outer.shape, [outer.strides], [input.offset]);
  const round = dtype === 'float32';
  const partial = allocate(dtype, 1);
  const foldInto = foldLoop(operation, dtype);
  const fold = operation.runFor?.[dtype] ?? operation.run;
  for (let at = 0; at < array.length; at += walk.run, walk.next()) {
    for (let k = 0; k < walk.run; k++) {
      const base = walk.offsets[0]! + k * walk.steps[0]!;
      array[at + k] = fold(input.array, base + starts[0]!, steps[0]!, run, round);
      for (let r = 1; r < starts.length; r++) {
        partial[0] = fold(input.array, base + starts[r]!, steps[0]!, run, round);
        foldInto(1, array, at + k, partial, 0, 1);
      }
    }
  }
}

/** The loop that folds one result into another: y[o…] = combine(y[o…], a[i…]). */
function foldLoop(
  { combine }: Reduce,
  dtype: DType,
): (n: number, y: TypedArray, o: number, a: TypedArray, i: number, da: number) => void {
  const loop = combine.loopFor?.[dtype] ?? combine.loop;
  return (n, y, o, a, i, da) => loop(n, y, o, y, o, 1, a, i, da, a, i, da);
}

interface Seen {
  readonly shape: readonly number[];
  readonly strides: readonly number[];
}

function seenAlong(input: Numbers, axes: readonly number[]): Seen {
  return { shape: axes.map((axis) => input.shape[axis]!), strides: axes.map((axis) => input.strides[axis]!) };
}

/** Where each run begins, counted from the first element. */
function startsOf(walk: Walk, size: number): number[] {
  const starts: number[] = [];
  for (let at = 0; at < size; at += walk.run, walk.next()) starts.push(walk.offsets[0]!);
  return starts;
}

/** Where each element lies, counted from the first one. */
function placesOf({ shape, strides }: Seen): number[] {
  const walk = new Walk(shape, [strides], [0]);
  const places: number[] = [];
  for (let at = sizeOf(shape); at > 0; at -= walk.run, walk.next()) {
    for (let k = 0; k < walk.run; k++) places.push(walk.offsets[0]! + k * walk.steps[0]!);
  }
  return places;
}

/** Row upon row: at each step every result takes one more element of its column. */
function foldRows(operation: Reduce, input: Numbers, outer: Seen, inner: Seen, array: TypedArray, dtype: DType): void {
  const runs = new Walk(outer.shape, [outer.strides], [0]);
  const { run, steps } = runs;
  const starts = startsOf(runs, array.length);
  const rows = placesOf(inner);
  const foldInto = foldLoop(operation, dtype);
  const fold = (y: TypedArray, from: number, to: number): void => {
    if (to - from > longestColumn) {
      const middle = (from + to) >> 1;
      fold(y, from, middle);
      const rest = allocate(dtype, y.length);
      fold(rest, middle, to);
      foldInto(y.length, y, 0, rest, 0, 1);
      return;
    }
    if (operation.initial !== undefined) y.fill(operation.initial);
    for (let row = from; row < to; row++) {
      const base = input.offset + rows[row]!;
      for (let s = 0, at = 0; s < starts.length; s++, at += run) {
        const i = base + starts[s]!;
        if (row > from || operation.initial !== undefined) foldInto(run, y, at, input.array, i, steps[0]!);
        else for (let k = 0; k < run; k++) y[at + k] = input.array[i + k * steps[0]!]!;
      }
    }
  };
  fold(array, 0, rows.length);
}

/** The place of the best element along one axis. */
export const search: Kernel<Search> = (operation, [input], { axis }, shape) => {
  const result = blank(shape, 'int32');
  const { array } = result;
  const kept = input!.shape.map((_, at) => at).filter((at) => at !== axis);
  const outer = seenAlong(input!, kept);
  const walk = new Walk(outer.shape, [outer.strides], [input!.offset]);
  const length = input!.shape[axis]!;
  const step = input!.strides[axis]!;
  const { array: from } = input!;
  for (let at = 0; at < array.length; at += walk.run, walk.next()) {
    for (let k = 0; k < walk.run; k++) {
      let i = walk.offsets[0]! + k * walk.steps[0]!;
      let best = from[i]!;
      for (let index = 1; index < length; index++) {
        i += step;
        if (operation.better(from[i]!, best)) {
          best = from[i]!;
          array[at + k] = index;
        }
      }
    }
  }
  return result;
};
