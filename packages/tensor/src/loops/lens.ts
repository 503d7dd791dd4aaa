import type { DType } from '../dtype.ts';
import { type Shape, sizeOf } from '../shape.ts';
import { rowMajor } from '../strided.ts';

/** A stretch of memory that one stored value fills. */
export interface Place {
  readonly dtype: DType;
  readonly size: number;
}

/** How a value is read from memory: which place, and by which strides (in elements). */
export interface Lens {
  readonly place: Place;
  readonly strides: readonly number[];
  readonly offset: number;
}

/** The whole of a place, row after row. */
export function whole(place: Place, shape: Shape): Lens {
  return { place, strides: rowMajor(shape), offset: 0 };
}

/** A new place for a value of this shape. */
export function placeFor(shape: Shape, dtype: DType): Place {
  return { dtype, size: sizeOf(shape) };
}

/**
 * A walk over a shape by several lenses at once, with neighbouring axes joined where every lens crosses them evenly.
 * Axes of length 1 are gone; a scalar walk has no axes.
 */
export interface Joined {
  readonly lengths: readonly number[];
  /** Per lens, its stride along each joined axis. */
  readonly strides: readonly (readonly number[])[];
}

export function join(shape: Shape, strides: readonly (readonly number[])[]): Joined {
  const lengths: number[] = [];
  const joined: number[][] = strides.map(() => []);
  shape.forEach((length, axis) => {
    if (length === 1) return;
    const last = lengths.length - 1;
    if (last >= 0 && strides.every((own, k) => joined[k]![last] === own[axis]! * length)) {
      lengths[last]! *= length;
      strides.forEach((own, k) => (joined[k]![last] = own[axis]!));
    } else {
      lengths.push(length);
      strides.forEach((own, k) => joined[k]!.push(own[axis]!));
    }
  });
  return { lengths, strides: joined };
}
