import { allocate, type DType, type TypedArray } from './dtype.ts';
import type { WindowSettings } from './operation.ts';
import { type Shape, sizeOf } from './shape.ts';

/**
 * How the elements of a tensor are stored: element (i, j, …) is `array[offset + i·strides[0] + j·strides[1] + …]`.
 *
 * Views share one array: a transpose swaps strides, a slice moves the offset, a broadcast axis has stride 0.
 */
export interface Strided {
  readonly array: TypedArray;
  readonly strides: readonly number[];
  readonly offset: number;
}

/** The strides of row-major order: [3, 1] for the shape [2, 3]. */
export function rowMajor(shape: Shape): readonly number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= shape[axis]!;
  }
  return strides;
}

/** The index of an element by its position in row-major order. */
export function indexAt(at: number, shape: Shape): readonly number[] {
  return rowMajor(shape).map((stride, axis) => Math.floor(at / stride) % shape[axis]!);
}

/** Whether elements are in row-major order without gaps. The stride of an axis of length 1 is never used, so it may be any. */
export function isRowMajor(strides: readonly number[], shape: Shape): boolean {
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const length = shape[axis]!;
    if (length !== 1 && strides[axis] !== stride) return length === 0;
    stride *= length;
  }
  return true;
}

/** The strides of an operand that is broadcast to a larger shape: 0 along each repeated axis. */
export function broadcastStrides(strides: readonly number[], from: Shape, to: Shape): readonly number[] {
  const lead = to.length - from.length;
  return to.map((length, axis) => (axis < lead || from[axis - lead] !== length ? 0 : strides[axis - lead]!));
}

/** A slice as a view: along each axis the elements from a start on, at the distance of a step. */
export function sliced<Layout extends Pick<Strided, 'strides' | 'offset'>>(
  from: Layout,
  starts: readonly number[],
  steps: readonly number[],
): Layout {
  return {
    ...from,
    strides: from.strides.map((stride, axis) => stride * steps[axis]!),
    offset: from.strides.reduce((offset, stride, axis) => offset + stride * starts[axis]!, from.offset),
  };
}

/** All positions of a sliding window: element k of the window at position i is element i · step + k · dilation. */
export function windowed<Layout extends Pick<Strided, 'strides' | 'offset'>>(
  from: Layout,
  { axes, steps, dilations }: Pick<WindowSettings, 'axes' | 'steps' | 'dilations'>,
): Layout {
  const within = axes.map((axis, at) => from.strides[axis]! * dilations[at]!);
  const between = from.strides.map((stride, axis) => stride * (steps[axes.indexOf(axis)] ?? 1));
  return { ...from, strides: [...between, ...within] };
}

/** The elements in row-major order, in an array of exactly their number. It is shared where they are so already. */
export function packed(view: Strided, shape: Shape, dtype: DType): TypedArray {
  const size = sizeOf(shape);
  if (isRowMajor(view.strides, shape)) {
    if (view.offset === 0 && view.array.length === size) return view.array;
    return view.array.subarray(view.offset, view.offset + size);
  }
  const copy = blank(shape, dtype);
  copyInto(copy, view, shape);
  return copy.array;
}

/** Zeros in row-major order. */
export function blank(shape: Shape, dtype: DType): Strided {
  return { array: allocate(dtype, sizeOf(shape)), strides: rowMajor(shape), offset: 0 };
}

/** Copies the elements of one view to another view of the same shape. */
export function copyInto(to: Strided, from: Strided, shape: Shape): void {
  const walk = new Walk(shape, [from.strides, to.strides], [from.offset, to.offset]);
  const [step, toStep] = walk.steps as [number, number];
  const { array } = from;
  const into = to.array;
  for (let left = sizeOf(shape); left > 0; left -= walk.run, walk.next()) {
    let [at, toAt] = walk.offsets as [number, number];
    for (let k = 0; k < walk.run; k++, at += step, toAt += toStep) into[toAt] = array[at]!;
  }
}

/** An axis of a walk over several operands: its length, and the stride of each operand along it. */
interface CollapsedAxis {
  length: number;
  strides: readonly number[];
  /** How many of its positions are done. */
  count: number;
}

/**
 * The axes of a walk over several operands of one shape. Neighbouring axes are collapsed into one where the strides of
 * every operand allow it. Axes of length 1 are removed; a scalar has no axes.
 *
 * @param apart  the number of last axes that stay as they are
 */
export function collapseAxes(shape: Shape, strides: readonly (readonly number[])[], apart = 0): CollapsedAxis[] {
  const rank = shape.length - apart;
  const axes: CollapsedAxis[] = [];
  for (let axis = 0; axis < shape.length; axis++) {
    const length = shape[axis]!;
    if (length === 1 && axis < rank) continue;
    const last = axes.at(-1);
    const own: number[] = [];
    let evenly = last !== undefined && axis < rank;
    for (let k = 0; k < strides.length; k++) {
      const stride = strides[k]![axis]!;
      own.push(stride);
      evenly &&= last!.strides[k] === stride * length;
    }
    if (evenly) {
      last!.length *= length;
      last!.strides = own;
    } else axes.push({ length, strides: own, count: 0 });
  }
  return axes;
}

/**
 * A walk over several operands of one shape, in row-major order and in runs: along a run each operand moves by one fixed
 * step. Axes are collapsed first, so that contiguous operands make a single run.
 */
export class Walk {
  /** The number of elements of a run. */
  declare readonly run: number;
  /** Per operand, the step from one element of a run to the next. */
  declare readonly steps: readonly number[];
  /** Per operand, the index of the first element of the current run. */
  declare readonly offsets: number[];

  /** The axes outside the runs. */
  readonly #axes: CollapsedAxis[];

  constructor(shape: Shape, strides: readonly (readonly number[])[], offsets: readonly number[]) {
    this.offsets = [...offsets];
    const axes = collapseAxes(shape, strides);
    const inner = axes.pop();
    this.#axes = axes;
    this.run = inner?.length ?? 1;
    this.steps = inner?.strides ?? strides.map(() => 1);
  }

  /** Moves every operand to its next run. */
  next(): void {
    for (let at = this.#axes.length; at-- > 0;) {
      const axis = this.#axes[at]!;
      const { length, strides } = axis;
      const ended = ++axis.count === length;
      const back = ended ? length - 1 : -1;
      // As an integer: a stride of 0 gives −0, which would turn every later index into a double.
      for (let k = 0; k < strides.length; k++) this.offsets[k]! -= (strides[k]! * back) | 0;
      if (!ended) return;
      axis.count = 0;
    }
  }
}

/** Copies `count` numbers, from index `start` of one array to index `begin` of another. */
export function copyNumbers(from: TypedArray, to: TypedArray, count: number = to.length, start = 0, begin = 0): void {
  // For a few numbers a loop is faster than `subarray`.
  if (count > 64) to.set(count === from.length ? from : from.subarray(start, start + count), begin);
  else for (let at = 0; at < count; at++) to[begin + at] = from[start + at]!;
}
