import type { Lens } from '../loops/lens.ts';
import type { FunctionBody, Local } from './assembler.ts';
import { type Context, widthOf } from './context.ts';

/** A lens together with its strides along the joined axes of a loop nest. */
export interface Track {
  readonly lens: Lens;
  readonly strides: readonly number[];
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
 */
export class Nest {
  readonly #f: FunctionBody;
  readonly #context: Context;
  readonly #cursors = new Map<string, Cursor>();
  readonly #of = new Map<Track, { readonly cursor: Cursor; readonly base: number }>();

  constructor(f: FunctionBody, context: Context, tracks: readonly Track[]) {
    this.#f = f;
    this.#context = context;
    for (const track of tracks) {
      const width = widthOf(track.lens.place.dtype);
      const base = context.addressOf(track.lens.place) + track.lens.offset * width;
      const steps = track.strides.map((stride) => stride * width);
      // A cursor that may fall below its start carries the address itself: instructions can only add.
      const backwards = steps.some((step) => step < 0);
      const key = backwards ? `${base}:${steps.join()}` : steps.join();
      let cursor = this.#cursors.get(key);
      if (!cursor) {
        cursor = { local: f.local('i32'), steps };
        this.#cursors.set(key, cursor);
        f.i32(backwards ? base : 0).set(cursor.local);
      }
      this.#of.set(track, { cursor, base: backwards ? 0 : base });
    }
  }

  /** Puts the address of the element `away` bytes from the present one on the stack; gives the offset to add to it. */
  address(track: Track, away = 0): number {
    const { cursor, base } = this.#of.get(track)!;
    this.#f.get(cursor.local);
    if (base + away >= 0) return base + away;
    this.#f.i32(away).do('i32.add');
    return base;
  }

  /** Runs `body` at every `step`th place along an axis, and leaves the cursors where they were. */
  along(axis: number, length: number, step: number, body: () => void): void {
    if (length <= 0) return;
    const f = this.#f;
    const times = Math.ceil(length / step);
    if (times === 1) {
      body();
      return;
    }
    const counter = f.local('i32');
    f.i32(0).set(counter);
    f.count(
      counter,
      () => f.i32(times),
      1,
      () => {
        body();
        this.move(axis, step);
      },
    );
    this.move(axis, -step * times);
    f.release(counter);
  }

  /** Runs `body` once for every combination of places along the axes from `axis` up to `until`. */
  over(lengths: readonly number[], axis: number, until: number, body: () => void): void {
    if (axis === until) body();
    else this.along(axis, lengths[axis]!, 1, () => this.over(lengths, axis + 1, until, body));
  }

  /** Moves every cursor `by` places along an axis. */
  move(axis: number, by: number): void {
    for (const { local, steps } of this.#cursors.values()) {
      if (steps[axis] !== 0 && by !== 0)
        this.#f
          .get(local)
          .i32(steps[axis]! * by)
          .do('i32.add')
          .set(local);
    }
  }

  release(): void {
    this.#f.release(...[...this.#cursors.values()].map(({ local }) => local));
  }

  /** Reads the lanes that lie `offsets` elements from the present one; one offset fills all lanes. */
  loadLanes(track: Track, offsets: readonly number[]): void {
    const f = this.#f;
    const [first] = offsets as [number];
    if (offsets.every((offset) => offset === first)) f.memory('v128.load32_splat', this.address(track, first * 4));
    else if (offsets.every((offset, lane) => offset === first + lane))
      f.memory('v128.load', this.address(track, first * 4));
    else {
      // The addresses of the later lanes lie below the vector on the stack.
      const added = offsets
        .slice(1)
        .reverse()
        .map((offset) => this.address(track, offset * 4))
        .reverse();
      f.memory('v128.load32_zero', this.address(track, first * 4));
      added.forEach((offset, at) => f.lane('load', at + 1, offset));
    }
  }

  /** Writes the lanes in a local to the elements that lie `offsets` from the present one. */
  storeLanes(track: Track, offsets: readonly number[], lanes: Local): void {
    const f = this.#f;
    const [first] = offsets as [number];
    if (offsets.length === 4 && offsets.every((offset, lane) => offset === first + lane)) {
      const added = this.address(track, first * 4);
      f.get(lanes).memory('v128.store', added);
      return;
    }
    offsets.forEach((offset, lane) => {
      const added = this.address(track, offset * 4);
      f.get(lanes).lane('store', lane, added);
    });
  }

  /** Reads the present element as a double. */
  loadDouble(track: Track): void {
    const f = this.#f;
    const added = this.address(track);
    const { dtype } = track.lens.place;
    if (dtype === 'float64') f.memory('f64.load', added);
    else if (dtype === 'float32') f.memory('f32.load', added).do('f64.promote_f32');
    else f.memory('i32.load', added).do('f64.convert_i32_s');
  }

  /** Writes the double in a local to the present element. */
  storeDouble(track: Track, value: Local): void {
    const f = this.#f;
    const added = this.address(track);
    f.get(value);
    const { dtype } = track.lens.place;
    if (dtype === 'float64') f.memory('f64.store', added);
    else if (dtype === 'float32') f.do('f32.demote_f64').memory('f32.store', added);
    else f.do('i32.trunc_sat_f64_s').memory('i32.store', added);
  }

  get context(): Context {
    return this.#context;
  }
}
