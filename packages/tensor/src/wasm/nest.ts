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
      const [begin, end] = f.parameters as [Local, Local];
      const perRow = lengths[0]! / rows;
      [this.#place, this.#end] = [begin, end].map((parameter) => {
        const local = f.local('i32');
        f.get(parameter).i32(perRow).do(op.i32_mul).set(local);
        return local;
      });
    }
    for (const track of tracks) {
      const width = widthOf(track.lens.place.dtype);
      const base = context.addressOf(track.lens.place) + track.lens.offset * width;
      const steps = track.strides.map((stride) => stride * width);
      // A cursor that may fall below its start carries the address itself: instructions can only add.
      const backwards = steps.some((step) => step < 0);
      let cursor = backwards ? undefined : this.#cursors.find((one) => sameSteps(one.steps, steps));
      if (!cursor) {
        cursor = { local: f.local('i32'), steps };
        this.#cursors.push(cursor);
        f.i32(backwards ? base : 0);
        if (this.#place && steps[0] !== 0) f.get(this.#place).i32(steps[0]!).do(op.i32_mul, op.i32_add);
        f.set(cursor.local);
      }
      this.#of.set(track, { cursor, base: backwards ? 0 : base });
    }
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
   * Runs `body` at every `step`th place along an axis, as long as there are `step` of them, and leaves the cursors behind
   * the last. Gives how many places are left then; on the outermost axis those are for the last rows.
   *
   * @param from    how many places of the axis are done already
   * @param beyond  the last step may go beyond the end
   */
  along(axis: number, step: number, body: () => void, from = 0, beyond = false): number {
    const f = this.#f;
    const length = this.#lengths[axis]! - from;
    const times = beyond ? Math.ceil(length / step) : Math.floor(length / step);
    if (times === 0) return length;
    const forward = (): void => {
      body();
      this.move(axis, step);
    };
    if (axis > 0 || !this.#place) f.times(times, forward);
    else {
      const more = (): FunctionBody =>
        f
          .get(this.#place!)
          .plus(beyond ? 0 : step - 1)
          .get(this.#end!)
          .do(op.i32_lt_s);
      more().when(() =>
        f.repeat(() => {
          forward();
          f.move(this.#place!, step);
          more();
        }),
      );
    }
    return length - times * step;
  }

  /** Runs `body` for what `along` left of an axis: on the outermost only where it was left, by the last rows. */
  rest(axis: number, left: number, body: () => void): void {
    if (left <= 0) return;
    if (axis > 0 || !this.#place) body();
    else this.#f.get(this.#place).get(this.#end!).do(op.i32_lt_s).when(body);
  }

  /** Runs `body` once for every combination of places along the axes from `axis` up to `until`. */
  over(axis: number, until: number, body: () => void): void {
    if (axis >= until) return body();
    this.along(axis, 1, () => this.over(axis + 1, until, body));
    this.back(axis);
  }

  /** Puts the cursors back from the end of an axis to its start; after the outermost nothing comes. */
  back(axis: number, by: number = this.#lengths[axis]!): void {
    if (axis > 0) this.move(axis, -by);
  }

  /** Moves every cursor `by` places along an axis. */
  move(axis: number, by: number): void {
    for (const { local, steps } of this.#cursors) this.#f.move(local, steps[axis]! * by);
  }

  release(): void {
    this.#f.release(...this.#cursors.map(({ local }) => local));
  }

  /** Reads the lanes that lie `offsets` elements from the present one; one offset fills all lanes. */
  loadLanes(track: Track, offsets: readonly number[]): void {
    const f = this.#f;
    const first = offsets[0]!;
    if (offsets.every((offset) => offset === first)) f.memory(op.v128_load32_splat, this.address(track, first * 4));
    else if (offsets.every((offset, lane) => offset === first + lane))
      f.memory(op.v128_load, this.address(track, first * 4));
    else {
      // The addresses of the later lanes lie below the vector on the stack.
      const added: number[] = [];
      for (let lane = offsets.length - 1; lane > 0; lane--) added[lane] = this.address(track, offsets[lane]! * 4);
      f.memory(op.v128_load32_zero, this.address(track, first * 4));
      for (let lane = 1; lane < offsets.length; lane++) f.memoryLane(op.v128_load32_lane, added[lane]!, lane);
    }
  }

  /** Writes the lanes in a local to the elements that lie `offsets` from the present one. */
  storeLanes(track: Track, offsets: readonly number[], lanes: Local): void {
    const f = this.#f;
    const first = offsets[0]!;
    if (offsets.length === 4 && offsets.every((offset, lane) => offset === first + lane)) {
      const added = this.address(track, first * 4);
      f.get(lanes).memory(op.v128_store, added);
      return;
    }
    offsets.forEach((offset, lane) => {
      const added = this.address(track, offset * 4);
      f.get(lanes).memoryLane(op.v128_store32_lane, added, lane);
    });
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

const sameSteps = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((step, axis) => step === b[axis]);
