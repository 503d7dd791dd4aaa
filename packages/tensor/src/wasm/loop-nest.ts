import type { ComputeDType } from '../dtype.ts';
import { join, type StridedView } from '../loops/ir.ts';
import type { Shape } from '../shape.ts';
import type { FunctionBody, Local } from './assembler/function-body.ts';
import * as op from './assembler/opcode.ts';
import { i32 } from './assembler/opcode.ts';
import { type Context, widthOf } from './context.ts';
import { putAddress, type VectorAccess } from './vector-memory.ts';

/** Lenses over one shape as collapsed along its axes, joined where all of them cross them evenly. */
export interface CollapsedAxes {
  readonly lengths: readonly number[];
  readonly strides: ReadonlyMap<StridedView, readonly number[]>;
}

/**
 * The collapsed of views over a shape.
 *
 * @param apart  so many of the last axes stay as they are
 * @param order  the order that the axes are taken in, if not their own
 */
export function collapseOver(
  shape: Shape,
  views: readonly StridedView[],
  apart = 0,
  order?: readonly number[],
): CollapsedAxes {
  const inOrder = (all: readonly number[]): readonly number[] => (order ? order.map((axis) => all[axis]!) : all);
  const joined = join(
    inOrder(shape),
    views.map((view) => inOrder(view.strides)),
    apart,
  );
  const strides = new Map<StridedView, readonly number[]>();
  for (let at = 0; at < views.length; at++) strides.set(views[at]!, joined.strides[at]!);
  return { lengths: joined.lengths, strides };
}

/** The address of an element near the present one: the local moves with the loops, the rest is known beforehand. */
interface AddressRegister {
  readonly local: Local;
  /** Bytes per step along each axis. */
  readonly steps: readonly number[];
  /** Is it for one view alone, whose address it carries? */
  readonly alone: boolean;
  /** How many bytes the local is behind the present element: they are made good when a loop begins or repeats. */
  behind: number;
}

/** How a view sees the present element: so far behind a register. */
interface AddressCursor {
  readonly register: AddressRegister;
  readonly base: number;
  /** Its stride along each axis. */
  readonly strides: readonly number[];
}

/** A loop that is open. */
interface Loop {
  readonly axis: number;
  /** How far it goes each time, and how often. */
  readonly step: number;
  readonly times: number;
  /** Which buffer of the axis it begins at, and up to which one the loop around it leaves room. */
  readonly from: number;
  readonly end: number;
  /** On the axis of rows, how far ahead there must be a buffer for a step; otherwise −1. */
  readonly ahead: number;
  readonly left: Local | undefined;
}

/**
 * Loops over axes, and for every view the address of the present element. Lenses with equal steps share one local:
 * the addresses of their buffers are part of the instructions that read and write.
 *
 * The function that the loops stand in has two parameters, the rows `begin` … `end` − 1 that it carries out: with more
 * than one row, the outermost axis runs over their share of it.
 */
export interface LoopNest {
  readonly f: FunctionBody;
  readonly lengths: readonly number[];
  readonly registers: readonly AddressRegister[];
  readonly cursors: ReadonlyMap<StridedView, AddressCursor>;
  /** The loops that are open, the innermost last. */
  readonly loops: Loop[];
  /** Which buffer of each axis the present element is at, and before which one the next loop along it ends. */
  readonly at: number[];
  readonly ends: number[];
  /** Does the outermost axis run over rows? Then the parameters are the buffer on it, and the one where it ends. */
  readonly overRows: boolean;
}

/**
 * A nest with all its loops still to be opened.
 *
 * @param rows  how many rows the outermost axis has; 1 when the loops are carried out whole
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

/** How a view sees the present element, which is at the first row: by a register at hand, or a new one. */
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
  // A register that moves by the same steps leads there as well.
  let register = registers.find(
    ({ alone, steps }) => !alone && steps.every((step, axis) => step === strides[axis]! * width),
  );
  if (!register) {
    // A register that may fall below its start carries the address itself: instructions can only add.
    const alone = strides.some((stride) => stride < 0);
    const steps = strides.map((stride) => stride * width);
    register = { local: f.local(i32), steps, alone, behind: 0 };
    registers.push(register);
    f.i32(alone ? base : 0);
    if (overRows && steps[0] !== 0) f.do(op.i32_mul, f.parameters[0], steps[0]).do(op.i32_add);
    f.set(register.local);
  }
  return { register, base: register.alone ? 0 : base, strides };
}

/** Puts the address of the present element on the stack; gives the offset to add to it. */
export function putElement(nest: LoopNest, view: StridedView): number {
  const { register, base } = nest.cursors.get(view)!;
  return putAddress(nest.f, register.local, base + register.behind);
}

/**
 * What follows, up to `close`, runs at every `step`th buffer along an axis, as long as there are `step` of them: from
 * where the last loop along it ended, to the end of the axis or of the step of a loop along it that is still open. Gives
 * how often; nothing may follow, and nothing is closed, when that is never.
 *
 * @param beyond  the last step may go beyond the end
 */
export function open(nest: LoopNest, axis: number, step: number, beyond = false): number {
  const { f, registers, loops, at, ends } = nest;
  const from = at[axis]!;
  const end = ends[axis]!;
  const times = Math.floor((end - from + (beyond ? step - 1 : 0)) / step);
  // Where nothing is left, a step of nothing makes 0 / 0.
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

/** Ends the innermost loop that is open. After it the present element is the one behind its last step. */
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

/** What `write` writes runs at every `step`th buffer along an axis, as by `open`; gives how often. */
export function each(nest: LoopNest, axis: number, step: number, write: () => void, beyond = false): number {
  const times = open(nest, axis, step, beyond);
  if (times > 0) {
    write();
    close(nest);
  }
  return times;
}

/** What `write` writes runs at every row that is left: which rows a function is called with is known only when it runs. */
export function eachRowLeft(nest: LoopNest, write: () => void): void {
  if (!nest.overRows) return;
  nest.at[0] = nest.lengths[0]! - 1;
  each(nest, 0, 1, write);
}

/** What follows, up to `leave`, runs once for every combination of buffers along the axes from `axis` up to `until`. */
export function enter(nest: LoopNest, axis: number, until: number): void {
  for (let at = axis; at < until; at++) open(nest, at, 1);
}

export function leave(nest: LoopNest, axis: number, until: number): void {
  for (let at = axis; at < until; at++) close(nest);
}

/**
 * Lanes, `count` of them along an axis, from the buffer `from` after the present one on.
 *
 * @param run  after how many buffers of the axis the next one of the axis around it begins; 0 when they all lie along it
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
      return base + register.behind + ((from + lane - row * run) * along + row * around) * width;
    },
  };
}

/**
 * Lanes, `count` of them along an axis, from the element on that is some steps after the present one along each axis. Without
 * an axis all lanes are that element.
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
  const first = steps.reduce((sum, step, at) => sum + step * strides[at]! * width, base + register.behind);
  return { lanes: count, width, stride, local: register.local, offsetOf: (lane) => first + lane * stride * width };
}

/**
 * Reads the present element as a float64.
 *
 * @param computed  the dtype that is computed in: int32 is rounded to float32
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

/** Counts a step along an axis: how far all locals are behind it. */
function advance(registers: readonly AddressRegister[], axis: number, by: number): void {
  if (by === 0) return;
  for (let at = 0; at < registers.length; at++) {
    const register = registers[at]!;
    register.behind += by * register.steps[axis]!;
  }
}

/** Moves all locals to the present element. */
function catchUp(f: FunctionBody, registers: readonly AddressRegister[]): void {
  for (let at = 0; at < registers.length; at++) {
    const register = registers[at]!;
    f.move(register.local, register.behind);
    register.behind = 0;
  }
}

/** Is there a row so far ahead? */
function reaches(f: FunctionBody, ahead: number): FunctionBody {
  const { parameters } = f;
  return f.get(parameters[0]!).plus(ahead).do(op.i32_lt_s, parameters[1]);
}

/**
 * Writes loops over the first `rank` axes of a nest, the last of them in vectors.
 *
 * @param full    the number of lanes of a vector
 * @param sizes   how many vectors are written together, the largest first
 * @param beyond  the last vector may go beyond the end
 * @param write   writes so many vectors of so many lanes, from the present element on
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
