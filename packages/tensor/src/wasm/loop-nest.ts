import type { ComputeDType } from '../dtype.ts';
import { join, type StridedView } from '../loops/ir.ts';
import type { Shape } from '../shape.ts';
import type { FunctionBody, Local } from './assembler/function-body.ts';
import * as op from './assembler/opcode.ts';
import { i32 } from './assembler/opcode.ts';
import { type Context, widthOf } from './context.ts';
import { putAddress, type VectorAccess } from './vector-memory.ts';

/** Several views of one shape, with neighbouring axes collapsed where the strides of all of them allow it. */
export interface CollapsedAxes {
  readonly lengths: readonly number[];
  readonly strides: ReadonlyMap<StridedView, readonly number[]>;
}

/**
 * Collapses the axes of views over a shape.
 *
 * @param apart  the number of last axes that stay as they are
 * @param order  the order in which the axes are taken, if not their own
 */
export function collapseOver(
  shape: Shape,
  views: readonly StridedView[],
  apart = 0,
  order?: readonly number[],
): CollapsedAxes {
  const inOrder = (all: readonly number[]): readonly number[] => (order ? order.map((axis) => all[axis]!) : all);
  const collapsed = join(
    inOrder(shape),
    views.map((view) => inOrder(view.strides)),
    apart,
  );
  const strides = new Map<StridedView, readonly number[]>();
  for (let at = 0; at < views.length; at++) strides.set(views[at]!, collapsed.strides[at]!);
  return { lengths: collapsed.lengths, strides };
}

/** A local that moves with the loops. The address of the current element is the local plus a constant. */
interface AddressRegister {
  readonly local: Local;
  /** Bytes per step along each axis. */
  readonly steps: readonly number[];
  /** Whether it holds the address in one view, not an offset that several views share. */
  readonly alone: boolean;
  /** By how many bytes the local lags behind the current element. They are added when a loop begins or repeats. */
  lag: number;
}

/** How a view finds the current element: its address is a register plus a constant. */
interface AddressCursor {
  readonly register: AddressRegister;
  readonly base: number;
  /** Its stride along each axis. */
  readonly strides: readonly number[];
}

/** An open loop. */
interface Loop {
  readonly axis: number;
  /** How far it moves along the axis each time, and how often it runs. */
  readonly step: number;
  readonly times: number;
  /** The position on the axis where it begins, and where the loops around it end. */
  readonly from: number;
  readonly end: number;
  /** On the axis of rows, how far ahead there must be a row for another step; otherwise −1. */
  readonly ahead: number;
  readonly left: Local | undefined;
}

/**
 * Loops over axes, and for every view the address of the current element. Views with equal steps share one local:
 * the addresses of their buffers are constants in the instructions that load and store.
 *
 * The function that contains the loops has two parameters, the rows `begin` … `end` − 1 that it runs: with more than one
 * row, the outermost axis covers only these rows.
 */
export interface LoopNest {
  readonly f: FunctionBody;
  readonly lengths: readonly number[];
  readonly registers: readonly AddressRegister[];
  readonly cursors: ReadonlyMap<StridedView, AddressCursor>;
  /** The open loops, the innermost last. */
  readonly loops: Loop[];
  /** Per axis, the position of the current element, and the position where the next loop along it ends. */
  readonly at: number[];
  readonly ends: number[];
  /** Whether the outermost axis runs over rows. The parameters are then the position on it, and where it ends. */
  readonly overRows: boolean;
}

/**
 * A nest without open loops.
 *
 * @param rows  how many rows the outermost axis has; 1 when the function runs all of it
 */
export function nestOver(
  f: FunctionBody,
  context: Context,
  { lengths, strides }: CollapsedAxes,
  rows: number,
): LoopNest {
  const overRows = rows > 1;
  if (overRows) {
    const perRow = lengths[0]! / rows;
    for (const row of f.parameters) f.do(op.i32_mul, row, perRow).set(row);
  }
  const registers: AddressRegister[] = [];
  const cursors = new Map<StridedView, AddressCursor>();
  strides.forEach((along, view) => cursors.set(view, cursorOf(f, context, view, along, overRows, registers)));
  const at = new Array<number>(lengths.length).fill(0);
  return { f, lengths, registers, cursors, loops: [], at, ends: [...lengths], overRows };
}

/** The cursor of a view at its first row: on a register of another view with the same steps, or on a new one. */
function cursorOf(
  f: FunctionBody,
  context: Context,
  { buffer, offset }: StridedView,
  strides: readonly number[],
  overRows: boolean,
  registers: AddressRegister[],
): AddressCursor {
  const width = widthOf(buffer.dtype);
  const base = context.addressOf(buffer) + offset * width;
  let register = registers.find(
    ({ alone, steps }) => !alone && steps.every((step, axis) => step === strides[axis]! * width),
  );
  if (!register) {
    // A register that may fall below its start holds the address itself: the constants in instructions are unsigned.
    const alone = strides.some((stride) => stride < 0);
    const steps = strides.map((stride) => stride * width);
    register = { local: f.local(i32), steps, alone, lag: 0 };
    registers.push(register);
    f.i32(alone ? base : 0);
    if (overRows && steps[0] !== 0) f.do(op.i32_mul, f.parameters[0], steps[0]).do(op.i32_add);
    f.set(register.local);
  }
  return { register, base: register.alone ? 0 : base, strides };
}

/** Puts the address of the current element on the stack. Returns the offset to add to it. */
export function putElement(nest: LoopNest, view: StridedView): number {
  const { register, base } = nest.cursors.get(view)!;
  return putAddress(nest.f, register.local, base + register.lag);
}

/**
 * Opens a loop along an axis. What is written until `close` runs at every `step`th position, while there are `step`
 * positions left. The loop begins where the last loop along the axis ended. It ends at the end of the axis, or of a step of
 * an open loop along it.
 *
 * @param beyond  whether the last step may go beyond the end
 * @returns       how often the loop runs. When that is 0, it is not open: write nothing, and do not close it
 */
export function open(nest: LoopNest, axis: number, step: number, beyond = false): number {
  const { f, registers, loops, at, ends } = nest;
  const from = at[axis]!;
  const end = ends[axis]!;
  const times = Math.floor((end - from + (beyond ? step - 1 : 0)) / step);
  // 0 / 0 is NaN: a step of 0 where nothing is left.
  if (!(times > 0)) return 0;
  const overRows = nest.overRows && axis === 0 && loops.length === 0;
  const ahead = overRows ? (beyond ? 0 : step - 1) : -1;
  if (overRows || times > 1) catchUp(f, registers);
  if (overRows) reaches(f, ahead).if().loop();
  const left = overRows ? undefined : f.times(times);
  loops.push({ axis, step, times, from, end, ahead, left });
  ends[axis] = from + step;
  return times;
}

/** Closes the innermost loop. After it the current element is the one after its last step. */
export function close({ f, registers, loops, at, ends }: LoopNest): void {
  const { axis, step, times, from, end, ahead, left } = loops.pop()!;
  advance(registers, axis, from + step - at[axis]!);
  for (let inner = axis + 1; inner < at.length; inner++) {
    advance(registers, inner, -at[inner]!);
    at[inner] = 0;
  }
  if (left || ahead >= 0) catchUp(f, registers);
  if (ahead < 0) f.next(left);
  else {
    f.move(f.parameters[0]!, step);
    reaches(f, ahead).again().end();
  }
  ends[axis] = end;
  at[axis] = from + times * step;
}

/** Opens a loop along an axis, writes its body, and closes it. Returns how often it runs. */
export function each(nest: LoopNest, axis: number, step: number, write: () => void, beyond = false): number {
  const times = open(nest, axis, step, beyond);
  if (times > 0) {
    write();
    close(nest);
  }
  return times;
}

/**
 * Writes a loop along an axis, as `each` does, that ends early once `done` puts a number other than 0 on the stack after
 * the body. Either way the current element is then the one after the last step.
 */
export function eachUntil(nest: LoopNest, axis: number, step: number, write: () => void, done: () => void): void {
  const { f, registers } = nest;
  catchUp(f, registers);
  const starts = registers.map(({ local }) => {
    const start = f.local(i32);
    f.get(local).set(start);
    return start;
  });
  const times = open(nest, axis, step);
  if (times === 0) return;
  write();
  const { left } = nest.loops.at(-1)!;
  if (left) {
    done();
    f.if().i32(1).set(left).end();
  }
  close(nest);
  if (!left) return;
  registers.forEach(({ local, steps }, at) =>
    f
      .get(starts[at]!)
      .plus(times * step * steps[axis]!)
      .set(local),
  );
}

/** Writes a loop over the rows that are left. Which rows a function is called with is known only when it runs. */
export function eachRowLeft(nest: LoopNest, write: () => void): void {
  if (!nest.overRows) return;
  nest.at[0] = nest.lengths[0]! - 1;
  each(nest, 0, 1, write);
}

/** Opens loops over all positions of the axes `axis` … `until` − 1. `leave` closes them. */
export function enter(nest: LoopNest, axis: number, until: number): void {
  for (let at = axis; at < until; at++) open(nest, at, 1);
}

export function leave(nest: LoopNest, axis: number, until: number): void {
  for (let at = axis; at < until; at++) close(nest);
}

/**
 * A vector of `count` lanes along an axis. The first lane is `from` positions after the current element.
 *
 * @param run  the length of the axis, if lanes continue in the next row of the axis around it; 0 if all are in one row
 */
export function vectorAt(
  { cursors }: LoopNest,
  view: StridedView,
  axis: number,
  from: number,
  count: number,
  run = 0,
): VectorAccess {
  const { register, base, strides } = cursors.get(view)!;
  const width = widthOf(view.buffer.dtype);
  const along = strides[axis] ?? 0;
  const around = strides[axis - 1] ?? 0;
  const rowOf = (at: number): number => run && Math.floor(at / run);
  const even = around === along * run || rowOf(from) === rowOf(from + count - 1);
  return {
    lanes: count,
    width,
    stride: even ? along : NaN,
    local: register.local,
    offsetOf(lane) {
      const row = rowOf(from + lane);
      return base + register.lag + ((from + lane - row * run) * along + row * around) * width;
    },
  };
}

/**
 * A vector of `count` lanes along an axis. The first lane is `steps` after the current element along each axis. Without an
 * axis all lanes are that element.
 */
export function lanesAt(
  { cursors }: LoopNest,
  view: StridedView,
  steps: readonly number[],
  axis: number,
  count: number,
): VectorAccess {
  const { register, base, strides } = cursors.get(view)!;
  const width = widthOf(view.buffer.dtype);
  const stride = strides[axis] ?? 0;
  const first = steps.reduce((sum, step, at) => sum + step * strides[at]! * width, base + register.lag);
  return { lanes: count, width, stride, local: register.local, offsetOf: (lane) => first + lane * stride * width };
}

/**
 * Loads the current element as a float64.
 *
 * @param computed  the dtype of the computation: for float32, int32 is rounded first
 */
export function loadDouble(nest: LoopNest, view: StridedView, computed?: ComputeDType): void {
  const { f } = nest;
  const added = putElement(nest, view);
  const { dtype } = view.buffer;
  if (dtype === 'float64') f.memory(op.f64_load, added);
  else if (dtype === 'float32') f.memory(op.f32_load, added).do(op.f64_promote_f32);
  else {
    f.memory(op.i32_load, added);
    if (computed === 'float32') f.do(op.f32_convert_i32_s).do(op.f64_promote_f32);
    else f.do(op.f64_convert_i32_s);
  }
}

/** Adds a step along an axis to the lag of all locals. */
function advance(registers: readonly AddressRegister[], axis: number, by: number): void {
  if (by === 0) return;
  for (let at = 0; at < registers.length; at++) {
    const register = registers[at]!;
    register.lag += by * register.steps[axis]!;
  }
}

/** Moves all locals to the current element. */
function catchUp(f: FunctionBody, registers: readonly AddressRegister[]): void {
  for (let at = 0; at < registers.length; at++) {
    const register = registers[at]!;
    f.move(register.local, register.lag);
    register.lag = 0;
  }
}

/** Puts on the stack whether there is a row so far ahead. */
function reaches(f: FunctionBody, ahead: number): FunctionBody {
  const { parameters } = f;
  return f.get(parameters[0]!).plus(ahead).do(op.i32_lt_s, parameters[1]);
}

/**
 * Writes loops over the first `rank` axes of a nest, the last of them in vectors.
 *
 * @param full    the number of lanes of a vector
 * @param sizes   how many vectors are written together, the largest first
 * @param beyond  whether the last vector may go beyond the end
 * @param write   writes `count` vectors of `lanes` lanes each, from the current element on
 */
export function overVectors(
  nest: LoopNest,
  rank: number,
  full: number,
  sizes: readonly number[],
  beyond: boolean,
  write: (count: number, lanes: number) => void,
): void {
  if (rank === 0) {
    write(1, 1);
    return;
  }
  const last = rank - 1;
  enter(nest, 0, last);
  let rest = nest.lengths[last]!;
  for (const size of sizes) rest -= each(nest, last, size * full, () => write(size, full), beyond) * size * full;
  if (rest > 0) each(nest, last, rest, () => write(1, rest));
  leave(nest, 0, last);
}
