import { join, type Lens } from '../loops/lens.ts';
import type { Shape } from '../shape.ts';
import { type Context, widthOf } from './context.ts';
import type { FunctionBody, Local } from './function-body.ts';
import * as op from './opcode.ts';

/** A lens together with its strides along the joined axes of a loop nest. */
export interface Track {
  readonly lens: Lens;
  readonly strides: readonly number[];
}

/** Lenses over one shape as tracks along its axes, joined where all of them cross them evenly. */
export function tracksOver(shape: Shape, lenses: readonly Lens[]): { lengths: readonly number[]; tracks: Track[] } {
  const { lengths, strides } = join(
    shape,
    lenses.map((lens) => lens.strides),
  );
  return { lengths, tracks: lenses.map((lens, at) => ({ lens, strides: strides[at]! })) };
}

/** The address of an element near the present one: the local moves with the loops, the rest is known beforehand. */
interface Cursor {
  readonly local: Local;
  /** Bytes per step along each axis. */
  readonly steps: readonly number[];
}

/** A loop that is open: along which axis, how far each time, and what counts it. */
interface Loop {
  readonly axis: number;
  readonly step: number;
  /** On the outermost axis, how far ahead there must be a place for another time; otherwise −1. */
  readonly ahead: number;
  readonly left: Local | undefined;
}

/**
 * Loops over axes, and for every track the address of the present element. Tracks with equal steps share one local:
 * the addresses of their places are part of the instructions that read and write.
 *
 * The function that the loops stand in has two parameters, the rows `begin` … `end` − 1 that it carries out: with more
 * than one row, the outermost axis runs over their share of it.
 */
export class Nest {
  readonly #f: FunctionBody;
  readonly #lengths: readonly number[];
  readonly #cursors: Cursor[] = [];
  readonly #of = new Map<Track, { readonly cursor: Cursor; readonly base: number }>();
  readonly #open: Loop[] = [];
  /** Where the loop over rows stands on the outermost axis, and where it ends. */
  readonly #place: Local | undefined;
  readonly #end: Local | undefined;

  /**
   * @param lengths  of the axes
   * @param rows     how many rows the outermost axis has; 1 when the loops are carried out whole
   */
  constructor(f: FunctionBody, context: Context, lengths: readonly number[], tracks: readonly Track[], rows: number) {
    this.#f = f;
    this.#lengths = lengths;
    if (rows > 1) {
      this.#place = this.#share(f.parameters[0]!, lengths[0]! / rows);
      this.#end = this.#share(f.parameters[1]!, lengths[0]! / rows);
    }
    for (const track of tracks) {
      const width = widthOf(track.lens.place.dtype);
      const base = context.addressOf(track.lens.place) + track.lens.offset * width;
      // A cursor that may fall below its start carries the address itself: instructions can only add.
      let backwards = false;
      const steps: number[] = [];
      for (const stride of track.strides) {
        steps.push(stride * width);
        backwards ||= stride < 0;
      }
      let cursor = backwards ? undefined : this.#withSteps(steps);
      if (!cursor) {
        cursor = { local: f.local('i32'), steps };
        this.#cursors.push(cursor);
        f.i32(backwards ? base : 0);
        if (this.#place && steps[0] !== 0) f.get(this.#place).i32(steps[0]!).do(op.i32_mul).do(op.i32_add);
        f.set(cursor.local);
      }
      this.#of.set(track, { cursor, base: backwards ? 0 : base });
    }
  }

  #withSteps(steps: readonly number[]): Cursor | undefined {
    for (const cursor of this.#cursors) {
      let axis = 0;
      while (axis < steps.length && cursor.steps[axis] === steps[axis]) axis++;
      if (axis === steps.length) return cursor;
    }
    return undefined;
  }

  /** A local that holds which place of the outermost axis a row begins at. */
  #share(row: Local, perRow: number): Local {
    const local = this.#f.local('i32');
    this.#f.get(row).i32(perRow).do(op.i32_mul).set(local);
    return local;
  }

  /** Puts the address of the element `away` bytes from the present one on the stack; gives the offset to add to it. */
  address(track: Track, away = 0): number {
    const { cursor, base } = this.#of.get(track)!;
    this.#f.get(cursor.local);
    if (base + away >= 0) return base + away;
    this.#f.plus(away);
    return base;
  }

  /**
   * What follows, up to `close`, runs at every `step`th place along an axis, as long as there are `step` of them; the
   * cursors then stand behind the last. Gives how often; nothing may follow, and nothing is closed, when that is never.
   *
   * @param from    how many places of the axis are done already
   * @param beyond  the last step may go beyond the end
   */
  open(axis: number, step: number, from = 0, beyond = false): number {
    const places = this.#lengths[axis]! - from;
    const times = Math.floor((beyond ? places + step - 1 : places) / step);
    if (times === 0) return 0;
    const ahead = axis > 0 || !this.#place ? -1 : beyond ? 0 : step - 1;
    if (ahead >= 0) this.#reaches(ahead).if().loop();
    this.#open.push({ axis, step, ahead, left: ahead < 0 ? this.#f.times(times) : undefined });
    return times;
  }

  close(): void {
    const { axis, step, ahead, left } = this.#open.pop()!;
    this.move(axis, step);
    if (ahead < 0) return this.#f.next(left);
    this.#f.move(this.#place!, step);
    this.#reaches(ahead).again().end();
  }

  /** Is there a place so far ahead on the outermost axis? */
  #reaches(ahead: number): FunctionBody {
    return this.#f.get(this.#place!).plus(ahead).get(this.#end!).do(op.i32_lt_s);
  }

  /**
   * What follows, up to `done`, runs for places that were left by `open`: on the outermost axis only when they are among
   * the rows that are carried out, which are the last ones then.
   */
  rest(axis: number): void {
    if (axis === 0 && this.#place) this.#reaches(0).if();
  }

  done(axis: number): void {
    if (axis === 0 && this.#place) this.#f.end();
  }

  /** What follows, up to `leave`, runs once for every combination of places along the axes from `axis` up to `until`. */
  enter(axis: number, until: number): void {
    for (let at = axis; at < until; at++) this.open(at, 1);
  }

  leave(axis: number, until: number): void {
    for (let at = until - 1; at >= axis; at--) {
      this.close();
      this.back(at, this.#lengths[at]!);
    }
  }

  /** Puts the cursors back to the start of an axis; after the outermost nothing comes. */
  back(axis: number, by: number): void {
    if (axis > 0) this.move(axis, -by);
  }

  /** Moves every cursor `by` places along an axis. */
  move(axis: number, by: number): void {
    for (let at = 0; at < this.#cursors.length; at++) {
      const { local, steps } = this.#cursors[at]!;
      this.#f.move(local, steps[axis]! * by);
    }
  }

  /** Reads the lanes that lie `offsets` elements from the present one. */
  loadLanes(track: Track, offsets: readonly number[]): void {
    const f = this.#f;
    const apart = evenlyApart(offsets);
    if (apart === 0) f.memory(op.v128_load32_splat, this.address(track, offsets[0]! * 4));
    else if (apart === 1) f.memory(op.v128_load, this.address(track, offsets[0]! * 4));
    else {
      // The addresses of the later lanes lie below the vector on the stack.
      const added: number[] = [];
      for (let lane = offsets.length - 1; lane >= 0; lane--) added[lane] = this.address(track, offsets[lane]! * 4);
      f.memory(op.v128_load32_zero, added[0]!);
      for (let lane = 1; lane < offsets.length; lane++) f.memoryLane(op.v128_load32_lane, added[lane]!, lane);
    }
  }

  /** Writes the lanes in a local to the elements that lie `offsets` from the present one. */
  storeLanes(track: Track, offsets: readonly number[], lanes: Local): void {
    if (offsets.length === 4 && evenlyApart(offsets) === 1) {
      const added = this.address(track, offsets[0]! * 4);
      this.#f.get(lanes).memory(op.v128_store, added);
      return;
    }
    for (let lane = 0; lane < offsets.length; lane++) {
      const added = this.address(track, offsets[lane]! * 4);
      this.#f.get(lanes).memoryLane(op.v128_store32_lane, added, lane);
    }
  }

  /** Reads the present element as a double. */
  loadDouble(track: Track): void {
    const f = this.#f;
    const added = this.address(track);
    const { dtype } = track.lens.place;
    if (dtype === 'float64') f.memory(op.f64_load, added);
    else if (dtype === 'float32') f.memory(op.f32_load, added).do(op.f64_promote_f32);
    else f.memory(op.i32_load, added).do(op.f64_convert_i32_s);
  }

  /** Writes the double in a local to the present element. */
  storeDouble(track: Track, value: Local): void {
    const f = this.#f;
    const added = this.address(track);
    f.get(value);
    const { dtype } = track.lens.place;
    if (dtype === 'float64') f.memory(op.f64_store, added);
    else if (dtype === 'float32') f.do(op.f32_demote_f64).memory(op.f32_store, added);
    else f.do(op.i32_trunc_sat_f64_s).memory(op.i32_store, added);
  }
}

/** So many places along an axis of a track, in elements. */
export function placesAlong({ strides }: Track, axis: number, from: number, count: number): number[] {
  const stride = strides[axis] ?? 0;
  const places: number[] = [];
  for (let at = from; at < from + count; at++) places.push(at * stride);
  return places;
}

/** By how much each number is larger than the one before it, where that is 0 or 1 for all; otherwise −1. */
function evenlyApart(numbers: readonly number[]): number {
  const apart = numbers.length > 1 ? numbers[1]! - numbers[0]! : 0;
  if (apart !== 0 && apart !== 1) return -1;
  for (let at = 2; at < numbers.length; at++) if (numbers[at]! - numbers[at - 1]! !== apart) return -1;
  return apart;
}
