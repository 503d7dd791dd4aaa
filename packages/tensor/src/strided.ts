import { allocate, type DType, type TypedArray } from './dtype.ts';
import type { WindowSettings } from './operation.ts';
import { type Shape, sizeOf } from './shape.ts';

/**
 * Where a tensor's numbers lie: element (i, j, …) is `array[offset + i·strides[0] + j·strides[1] + …]`.
 *
 * Views share one array: a transpose swaps strides, a slice moves the offset, a broadcast axis has stride 0.
 */
export interface Strided {
  readonly array: TypedArray;
  readonly strides: readonly number[];
  readonly offset: number;
}

/** The strides of numbers that lie row after row: [3, 1] for the shape [2, 3]. */
export function rowMajor(shape: Shape): readonly number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= shape[axis]!;
  }
  return strides;
}

/** The index of an element by its number in row-major order. */
export function indexAt(at: number, shape: Shape): readonly number[] {
  return rowMajor(shape).map((stride, axis) => Math.floor(at / stride) % shape[axis]!);
}

/** Do the numbers lie row after row, without gaps? Axes of length 1 are never crossed, so their stride is free. */
export function isRowMajor(strides: readonly number[], shape: Shape): boolean {
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const length = shape[axis]!;
    if (length !== 1 && strides[axis] !== stride) return length === 0;
    stride *= length;
  }
  return true;
}

/** The strides of an operand seen in a larger broadcast shape: 0 along each stretched axis. */
export function broadcastStrides(strides: readonly number[], from: Shape, to: Shape): readonly number[] {
  const lead = to.length - from.length;
  return to.map((length, axis) => (axis < lead || from[axis - lead] !== length ? 0 : strides[axis - lead]!));
}

/** Every so many-th element, from one on: a slice as a view. */
export function sliced<Place extends Pick<Strided, 'strides' | 'offset'>>(
  from: Place,
  starts: readonly number[],
  steps: readonly number[],
): Place {
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

/** The numbers row after row in an array of their own length: shared when they lie so already, copied when not. */
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

/** Zeros, row after row. */
export function blank(shape: Shape, dtype: DType): Strided {
  return { array: allocate(dtype, sizeOf(shape)), strides: rowMajor(shape), offset: 0 };
}

/** Copies numbers of one shape from where they lie to where they are to lie. */
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

/** An axis of a walk by several operands: how long it is, and by which stride each of them crosses it. */
interface CollapsedAxis {
  length: number;
  strides: readonly number[];
  /** How many places are behind. */
  count: number;
}

/**
 * The axes of a walk over a shape by several operands, with neighbours joined where every operand crosses them evenly.
 * Axes of length 1 are gone; a scalar walk has no axes.
 *
 * @param apart  so many of the last axes stay as they are
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
 * A walk over a shape in row-major order, over several operands at once, in runs: along a run each operand moves by
 * one fixed step. Neighbouring axes that every operand crosses evenly are joined first, so that contiguous operands
 * make a single run.
 */
export class Walk {
  /** How many elements one run has. */
  declare readonly run: number;
  /** Per operand, the step from one element of a run to the next. */
  declare readonly steps: readonly number[];
  /** Per operand, where the present run begins. */
  declare readonly offsets: number[];

  /** The axes across which the runs lie. */
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
      // As whole numbers: the −0 of a stride of 0 would make every later index a double.
      for (let k = 0; k < strides.length; k++) this.offsets[k]! -= (strides[k]! * back) | 0;
      if (!ended) return;
      axis.count = 0;
    }
  }
}

/** Copies `count` numbers, from place `start` of one array on to place `begin` of another on. */
export function copyNumbers(from: TypedArray, to: TypedArray, count: number = to.length, start = 0, begin = 0): void {
  // For a few numbers the loop is quicker than a view of them.
  if (count > 64) to.set(count === from.length ? from : from.subarray(start, start + count), begin);
  else for (let at = 0; at < count; at++) to[begin + at] = from[start + at]!;
}
