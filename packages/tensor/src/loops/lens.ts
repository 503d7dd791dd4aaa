import type { DType } from '../dtype.ts';
import { type Shape, sizeOf } from '../shape.ts';
import { joinedAxes, rowMajor } from '../strided.ts';

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

/** A lens that stands still along an axis. */
export function still(lens: Lens, axis: number): Lens {
  return { ...lens, strides: lens.strides.with(axis, 0) };
}

/** A new place for a value of this shape. */
export function placeFor(shape: Shape, dtype: DType): Place {
  return { dtype, size: sizeOf(shape) };
}

/** A place of its own for a value, row after row. */
export function roomFor({ shape, dtype }: { readonly shape: Shape; readonly dtype: DType }): Lens {
  return whole(placeFor(shape, dtype), shape);
}

/** Do two lenses see the same elements of a place? The strides of axes that are never crossed are free. */
export function seesAlike(a: Lens, b: Lens, shape: Shape): boolean {
  return a.offset === b.offset && shape.every((length, axis) => length === 1 || a.strides[axis] === b.strides[axis]);
}

/** A walk over a shape by several lenses at once. */
export interface Joined {
  readonly lengths: readonly number[];
  /** Per lens, its stride along each joined axis. */
  readonly strides: readonly (readonly number[])[];
}

/**
 * A walk over a shape with neighbouring axes joined where every lens crosses them evenly. Axes of length 1 are gone; a
 * scalar walk has no axes.
 *
 * @param apart  so many of the last axes stay as they are
 */
export function join(shape: Shape, strides: readonly (readonly number[])[], apart = 0): Joined {
  const axes = joinedAxes(shape, strides, apart);
  return {
    lengths: axes.map(({ length }) => length),
    strides: strides.map((_, k) => axes.map((axis) => axis.strides[k]!)),
  };
}
