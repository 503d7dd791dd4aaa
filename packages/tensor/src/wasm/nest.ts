import { join, type Lens } from '../loops/lens.ts';
import type { Shape } from '../shape.ts';
import { type Context, widthOf } from './context.ts';
import type { FunctionBody, Local } from './function-body.ts';
import { type Address, loadLanes, putAddress, storeLanes } from './memory-lanes.ts';
import * as op from './opcode.ts';

/** Lenses over one shape as tracks along its axes, joined where all of them cross them evenly. */
export interface Tracks {
  readonly lengths: readonly number[];
  readonly strides: ReadonlyMap<Lens, readonly number[]>;
}

/**
 * The tracks of lenses over a shape.
 *
 * @param apart  so many of the last axes stay as they are
 * @param order  the order that the axes are taken in
 */
export function tracksOver(
  shape: Shape,
  lenses: readonly Lens[],
  apart = 0,
  order: readonly number[] = [...shape.keys()],
): Tracks {
  const rank = shape.length - apart;
  const ordered = [shape, ...lenses.map(({ strides }) => strides)].map((all) => order.map((axis) => all[axis]!));
  const own = ordered.slice(1);
  const joined = join(ordered[0]!.slice(0, rank), own);
  return {
    lengths: [...joined.lengths, ...ordered[0]!.slice(rank)],
    strides: new Map(lenses.map((lens, at) => [lens, [...joined.strides[at]!, ...own[at]!.slice(rank)]])),
  };
}

/** The address of an element near the present one: the local moves with the loops, the rest is known beforehand. */
interface Cursor {
  readonly local: Local;
  /** Bytes per step along each axis. */
  readonly steps: readonly number[];
  /** How many bytes the local is behind the present element: they are made good when a loop begins or repeats. */
  behind: number;
}

/** A loop that is open. */
interface Loop {
  readonly axis: number;
  /** How far it goes each time, and how often. */
  readonly step: number;
  readonly times: number;
  /** Which place of the axis it begins at, and up to which one the loop around it leaves room. */
  readonly from: number;
  readonly end: number;
  /** On the axis of rows, how far ahead there must be a place for a step; otherwise −1. */
  readonly ahead: number;
  readonly left: Local | undefined;
}

/**
 * Loops over axes, and for every lens the address of the present element. Lenses with equal steps share one local:
 * the addresses of their places are part of the instructions that read and write.
 *
 * The function that the loops stand in has two parameters, the rows `begin` … `end` − 1 that it carries out: with more
 * than one row, the outermost axis runs over their share of it.
 */
export class Nest {
  readonly lengths: readonly number[];
  readonly #f: FunctionBody;
  readonly #strides: Tracks['strides'];
  /** By their steps, or by the only lens that has one. */
  readonly #cursors = new Map<string | Lens, Cursor>();
  readonly #of = new Map<Lens, { readonly cursor: Cursor; readonly base: number }>();
  readonly #open: Loop[] = [];
  /** Which place of each axis the present element is at, and before which one the next loop along it ends. */
  readonly #at: number[];
  readonly #ends: number[];
  /** Does the outermost axis run over rows? Then the parameters are the place on it, and the one where it ends. */
  readonly #overRows: boolean;

  /** @param rows  how many rows the outermost axis has; 1 when the loops are carried out whole */
  constructor(f: FunctionBody, context: Context, { lengths, strides }: Tracks, rows: number) {
    this.#f = f;
    this.lengths = lengths;
    this.#strides = strides;
    this.#ends = [...lengths];
    this.#at = new Array<number>(lengths.length).fill(0);
    this.#overRows = rows > 1;
    if (rows > 1) {
      const perRow = lengths[0]! / rows;
      for (const row of f.parameters) f.do(op.i32_mul, row, perRow).set(row);
    }
    for (const [lens, along] of strides) {
      const width = widthOf(lens.place.dtype);
      const base = context.addressOf(lens.place) + lens.offset * width;
      const steps: number[] = [];
      // A cursor that may fall below its start carries the address itself: instructions can only add.
      let backwards = false;
      for (const stride of along) {
        steps.push(stride * width);
        backwards ||= stride < 0;
      }
      const key = backwards ? lens : steps.join();
      let cursor = this.#cursors.get(key);
      if (!cursor) {
        cursor = { local: f.local('i32'), steps, behind: 0 };
        this.#cursors.set(key, cursor);
        f.i32(backwards ? base : 0);
        if (rows > 1 && steps[0] !== 0) f.do(op.i32_mul, f.parameters[0], steps[0]).do(op.i32_add);
        f.set(cursor.local);
      }
      this.#of.set(lens, { cursor, base: backwards ? 0 : base });
    }
  }

  /** Puts the address of the present element on the stack; gives the offset to add to it. */
  address(lens: Lens): number {
    return putAddress(this.#f, this.#where(lens), 0);
  }

  #where(lens: Lens): Address {
    const { cursor, base } = this.#of.get(lens)!;
    return { local: cursor.local, offset: base + cursor.behind };
  }

  /**
   * What follows, up to `close`, runs at every `step`th place along an axis, as long as there are `step` of them: from
   * where the last loop along it ended, to the end of the axis or of the step of a loop along it that is still open. Gives
   * how often; nothing may follow, and nothing is closed, when that is never.
   *
   * @param beyond  the last step may go beyond the end
   */
  open(axis: number, step: number, beyond = false): number {
    const from = this.#at[axis]!;
    const end = this.#ends[axis]!;
    const times = Math.floor((end - from + (beyond ? step - 1 : 0)) / step);
    // Where nothing is left, a step of nothing makes 0 / 0.
    if (!(times > 0)) return 0;
    const overRows = this.#overRows && axis === 0 && this.#open.length === 0;
    const ahead = overRows ? (beyond ? 0 : step - 1) : -1;
    if (overRows || times > 1) this.#catchUp();
    if (overRows) this.#reaches(ahead).if().loop();
    const left = overRows ? undefined : this.#f.times(times);
    this.#open.push({ axis, step, times, from, end, ahead, left });
    this.#ends[axis] = from + step;
    return times;
  }

  /** Ends the innermost loop that is open. After it the present element is the one behind its last step. */
  close(): void {
    const { axis, step, times, from, end, ahead, left } = this.#open.pop()!;
    this.#go(axis, from + step);
    for (let inner = axis + 1; inner < this.#at.length; inner++) this.#go(inner, 0);
    if (left || ahead >= 0) this.#catchUp();
    if (ahead < 0) this.#f.next(left);
    else {
      this.#f.move(this.#f.parameters[0]!, step);
      this.#reaches(ahead).again().end();
    }
    this.#ends[axis] = end;
    this.#at[axis] = from + times * step;
  }

  /** What `write` writes runs at every `step`th place along an axis, as by `open`; gives how often. */
  each(axis: number, step: number, write: () => void, beyond = false): number {
    const times = this.open(axis, step, beyond);
    if (times > 0) {
      write();
      this.close();
    }
    return times;
  }

  /** Is there a place so far ahead on the outermost axis? */
  #reaches(ahead: number): FunctionBody {
    const { parameters } = this.#f;
    return this.#f.get(parameters[0]!).plus(ahead).do(op.i32_lt_s, parameters[1]);
  }

  /** Makes another place of an axis the present one. */
  #go(axis: number, to: number): void {
    for (const cursor of this.#cursors.values()) cursor.behind += (to - this.#at[axis]!) * cursor.steps[axis]!;
    this.#at[axis] = to;
  }

  /** Moves all locals to the present element. */
  #catchUp(): void {
    for (const cursor of this.#cursors.values()) {
      this.#f.move(cursor.local, cursor.behind);
      cursor.behind = 0;
    }
  }

  /** What follows, up to `leave`, runs once for every combination of places along the axes from `axis` up to `until`. */
  enter(axis: number, until: number): void {
    for (let at = axis; at < until; at++) this.open(at, 1);
  }

  leave(axis: number, until: number): void {
    for (let at = axis; at < until; at++) this.close();
  }

  /**
   * Reads lanes, `count` of them along an axis, from the place `from` after the present one on.
   *
   * @param run  after how many places of the axis the next one of the axis around it begins
   */
  loadLanes(lens: Lens, axis: number, from: number, count: number, run?: number): void {
    loadLanes(this.#f, this.#where(lens), this.#places(lens, axis, from, count, run));
  }

  /** Writes the lanes in a local as they would be read. */
  storeLanes(lens: Lens, lanes: Local, axis: number, from: number, count: number, run?: number): void {
    storeLanes(this.#f, lanes, this.#where(lens), this.#places(lens, axis, from, count, run));
  }

  /** How far lanes lie from the present element, in elements. */
  #places(lens: Lens, axis: number, from: number, count: number, run = Infinity): number[] {
    const strides = this.#strides.get(lens)!;
    const along = strides[axis] ?? 0;
    const around = strides[axis - 1] ?? 0;
    const places: number[] = [];
    for (let at = from; at < from + count; at++) places.push((at % run) * along + Math.floor(at / run) * around);
    return places;
  }

  /** Reads the present element as a double. */
  loadDouble(lens: Lens): void {
    const f = this.#f;
    const added = this.address(lens);
    const { dtype } = lens.place;
    if (dtype === 'float64') f.memory(op.f64_load, added);
    else if (dtype === 'float32') f.memory(op.f32_load, added).do(op.f64_promote_f32);
    else f.memory(op.i32_load, added).do(op.f64_convert_i32_s);
  }

  /** Writes the double in a local to the present element. */
  storeDouble(lens: Lens, value: Local): void {
    const f = this.#f;
    const added = this.address(lens);
    f.get(value);
    const { dtype } = lens.place;
    if (dtype === 'float64') f.memory(op.f64_store, added);
    else if (dtype === 'float32') f.do(op.f32_demote_f64).memory(op.f32_store, added);
    else f.do(op.i32_trunc_sat_f64_s).memory(op.i32_store, added);
  }
}
