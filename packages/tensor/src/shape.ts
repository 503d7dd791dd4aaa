import { describe, ShapeError } from './errors.ts';

/** The lengths of a tensor's axes, outermost first; `[]` is a scalar. `number` as a type means "any length". */
export type Shape = readonly number[];

/** The most elements that one tensor may have: indices stay 32-bit integers in every backend. */
export const largestSize: number = 2 ** 31 - 1;

/** The most axes that one tensor may have, as in NumPy. */
export const largestRank = 64;

/** How many elements a shape holds: the product of its lengths, 1 for a scalar. */
export function sizeOf(shape: Shape): number {
  let size = 1;
  for (let axis = 0; axis < shape.length; axis++) size *= shape[axis]!;
  return size;
}

/** A shape as people write it, `[2, 3]`; or what stands in its place, for errors about it. */
export function showShape(shape: Shape): string {
  return Array.isArray(shape) ? `[${shape.join(', ')}]` : describe(shape);
}

/**
 * Returns the shape if it is valid.
 *
 * @throws ShapeError when a length is negative, fractional or NaN, or the tensor would have too many elements or axes
 */
export function checkShape<S extends Shape>(shape: S, caller: string): S {
  if (checkList(shape, caller).length > largestRank) {
    throw new ShapeError(
      `${caller}: a tensor has at most ${largestRank} axes, got ${shape.length}. Reshape it to fewer.`,
    );
  }
  for (const length of shape) {
    if (!Number.isInteger(length) || length < 0) {
      throw new ShapeError(
        `${caller}: every length must be a non-negative integer, got ${showShape(shape)}. Check the ${length}.`,
      );
    }
  }
  if (sizeOf(shape) > largestSize) {
    throw new ShapeError(
      `${caller}: ${showShape(shape)} has ${sizeOf(shape)} elements, a tensor holds at most ${largestSize}. Split it into parts.`,
    );
  }
  return shape;
}

/** A copy of a shape, which the caller may change later. It is not frozen: V8 reads frozen arrays more slowly. */
export function copyShape<S extends Shape>(shape: S): S {
  return shape.slice() as Shape as S;
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a === b || (a.length === b.length && a.every((length, axis) => length === b[axis]));
}

/**
 * @param caller  the function and the role of the tensor, for the message
 * @throws ShapeError when the shape differs from the wanted one
 */
export function checkSame(
  shape: Shape,
  wanted: Shape,
  caller: string,
  hint = 'Reshape it, or check where it comes from.',
): void {
  if (sameShape(shape, wanted)) return;
  throw new ShapeError(`${caller} must have shape ${showShape(wanted)}, got ${showShape(shape)}. ${hint}`);
}

/**
 * The common shape of two operands by NumPy's rule: shapes are aligned at the last axis; where two lengths differ, one of
 * them must be 1 and is stretched.
 *
 * @throws ShapeError when two lengths differ and neither is 1
 */
export function broadcastShapes(a: Shape, b: Shape, caller: string): Shape {
  if (sameShape(a, b)) return a;
  const rank = Math.max(a.length, b.length);
  const shape: number[] = [];
  for (let axis = 0; axis < rank; axis++) {
    const left = a[axis - rank + a.length] ?? 1;
    const right = b[axis - rank + b.length] ?? 1;
    if (left !== right && left !== 1 && right !== 1) {
      throw new ShapeError(
        `${caller}: shapes ${showShape(a)} and ${showShape(b)} do not broadcast: counted from the right, ` +
          `lengths must be equal or 1, but ${left} and ${right} differ. ${broadcastHint(a, b)}`,
      );
    }
    shape.push(left === 1 ? right : left);
  }
  return checkShape(shape, caller);
}

/**
 * Returns the shape `to` if `from` broadcasts to it.
 *
 * @throws ShapeError when a length other than 1 would change
 */
export function checkBroadcastsTo<S extends Shape>(from: Shape, to: S, caller: string): S {
  const lead = checkShape(to, caller).length - from.length;
  if (lead < 0 || from.some((length, axis) => length !== 1 && length !== to[lead + axis])) {
    throw new ShapeError(
      `${caller}: ${showShape(from)} does not broadcast to ${showShape(to)}: counted from the right, each length must be 1 ` +
        `or stay the same. Use expandDims for axes of length 1.`,
    );
  }
  return to;
}

/**
 * Returns the shape if it has a given number of elements.
 *
 * @throws ShapeError when it holds more or fewer
 */
export function checkSize<S extends Shape>(shape: S, size: number, caller: string): S {
  if (sizeOf(checkList(shape, caller) as S) !== size) {
    throw new ShapeError(
      `${caller}: ${size} elements do not fit shape ${showShape(shape)}. Give lengths whose product is ${size}.`,
    );
  }
  return checkShape(shape, caller);
}

function broadcastHint(a: Shape, b: Shape): string {
  if (b.length === 1 && a.length > 1 && a[a.length - 2] === b[0]) {
    return 'Did you mean b.expandDims(1)?';
  }
  if (a.length === 2 && b.length === 2 && a[0] === b[1] && a[1] === b[0]) return 'Did you mean b.T?';
  return 'Reshape one of them.';
}

/**
 * An axis counted from 0; negative axes count from the end.
 *
 * @throws ShapeError when there is no such axis
 */
export function normalizeAxis(axis: number, rank: number, caller: string): number {
  if (!Number.isInteger(axis) || axis < -rank || axis >= rank) {
    const fits = rank === 0 ? 'a scalar has no axes' : `axes go from ${-rank} to ${rank - 1}`;
    throw new ShapeError(`${caller}: there is no axis ${describe(axis)}: ${fits}. Check x.shape.`);
  }
  return axis < 0 ? axis + rank : axis;
}

/**
 * An index along an axis, counted from 0; negative indices count from the end.
 *
 * @throws ShapeError when it is out of bounds
 */
export function normalizeIndex(index: number, axis: number, size: number, caller: string): number {
  if (!Number.isInteger(index) || index < -size || index >= size) {
    throw new ShapeError(
      `${caller}: index ${index} is out of bounds for axis ${axis} with size ${size}. Check x.shape.`,
    );
  }
  return index < 0 ? index + size : index;
}

/**
 * Returns the list if it is an array.
 *
 * @throws ShapeError when it is not an array
 */
export function checkList<T>(list: readonly T[], caller: string): readonly T[] {
  if (Array.isArray(list)) return list;
  const isObject = typeof list === 'object' && list !== null;
  const hint = isObject
    ? 'Options come after it: write undefined, or [2], before them.'
    : 'Write [2] for a single one.';
  throw new ShapeError(`${caller}: expected an array, got ${describe(list)}. ${hint}`);
}

/** Axes counted from 0, ascending; `undefined` means all axes. */
export function normalizeAxes(axis: number | readonly number[] | undefined, rank: number, caller: string): number[] {
  if (axis === undefined) return [...Array(rank).keys()];
  const axes = (typeof axis === 'number' ? [axis] : checkList(axis, caller)).map((one) =>
    normalizeAxis(one, rank, caller),
  );
  axes.sort((a, b) => a - b);
  const twice = axes.find((one, index) => axes[index + 1] === one);
  if (twice !== undefined) {
    throw new ShapeError(`${caller}: axis ${twice} is listed twice. Remove one of them.`);
  }
  return axes;
}

/** The axes that are not among these, ascending. */
export function otherAxes(shape: Shape, axes: readonly number[]): number[] {
  return [...shape.keys()].filter((axis) => !axes.includes(axis));
}

/** The shape after a reduction of `axes`: they are removed, or kept with length 1. */
export function reducedShape(shape: Shape, axes: readonly number[], keepdims: boolean): Shape {
  return shape.flatMap((length, axis) => (axes.includes(axis) ? (keepdims ? [1] : []) : [length]));
}
