import type { View } from '../operation.ts';
import { checkShape, sameShape, type Shape, showShape, sizeOf } from '../shape.ts';
import { ShapeError } from '../error.ts';
import { broadcastStrides, isRowMajor, rowMajor } from '../strided.ts';
import { strongest } from './dtype-rules.ts';

/** @formula the same elements in row-major order */
export const reshape: View<{ readonly shape: Shape }> = {
  kind: 'view',
  name: 'reshape',
  shape([from], { shape }) {
    checkShape(shape, 'reshape');
    if (sizeOf(from!) !== sizeOf(shape)) {
      throw new ShapeError(
        `reshape: ${showShape(from!)} has ${sizeOf(from!)} elements, ${showShape(shape)} has ${sizeOf(shape)}; ` +
          `both must be equal. Give one length as -1 to have it worked out.`,
      );
    }
    return shape;
  },
  dtype: strongest,
  view(from, fromShape, { shape }) {
    if (isRowMajor(from.strides, fromShape)) return { ...from, strides: rowMajor(shape) };
    // Axes of length 1 come and go without moving a number.
    const long = fromShape.filter((length) => length !== 1);
    if (
      !sameShape(
        long,
        shape.filter((length) => length !== 1),
      )
    )
      return undefined;
    const strides = from.strides.filter((_, axis) => fromShape[axis] !== 1);
    return { ...from, strides: shape.map((length) => (length === 1 ? 0 : strides.shift()!)) };
  },
  derivative: [({ g, a }) => g.reshape(a.shape)],
};

/** @formula y axis i = a axis axes[i] */
export const permute: View<{ readonly axes: readonly number[] }> = {
  kind: 'view',
  name: 'permute',
  shape([from], { axes }) {
    if (axes.length !== from!.length || new Set(axes).size !== axes.length) {
      throw new ShapeError(
        `permute: shape ${showShape(from!)} needs each of its ${from!.length} axes once, got ${showShape(axes)}. ` +
          `Write every axis from 0 to ${from!.length - 1} once, in the order you want.`,
      );
    }
    return axes.map((axis) => from![axis]!);
  },
  dtype: strongest,
  view: (from, _, { axes }) => ({ ...from, strides: axes.map((axis) => from.strides[axis]!) }),
  derivative: [({ g, settings: { axes } }) => g.permute(axes.map((_, axis) => axes.indexOf(axis)))],
};

/** @formula axes of length 1 repeated, without a copy */
export const expand: View<{ readonly shape: Shape }> = {
  kind: 'view',
  name: 'expand',
  shape([from], { shape }) {
    checkShape(shape, 'expand');
    const lead = shape.length - from!.length;
    if (lead < 0 || from!.some((length, axis) => length !== 1 && length !== shape[lead + axis])) {
      throw new ShapeError(
        `expand: ${showShape(from!)} does not stretch to ${showShape(shape)}: counted from the right, ` +
          `each length must be 1 or stay. Use expandDims to put an axis of length 1 where you need it.`,
      );
    }
    return shape;
  },
  dtype: strongest,
  view: (from, fromShape, { shape }) => ({ ...from, strides: broadcastStrides(from.strides, fromShape, shape) }),
  derivative: [({ g, a }) => g.sumTo(a.shape)],
};

/** Where a slice begins on each axis, how far it steps, and how many elements it takes. */
export interface SliceSettings {
  readonly starts: readonly number[];
  readonly steps: readonly number[];
  readonly counts: readonly number[];
}

/** @formula yᵢ = a at start + i · step */
export const slice: View<SliceSettings> = {
  kind: 'view',
  name: 'slice',
  shape: (_, { counts }) => counts,
  dtype: strongest,
  view: (from, _, { starts, steps }) => ({
    array: from.array,
    strides: from.strides.map((stride, axis) => stride * steps[axis]!),
    offset: from.strides.reduce((offset, stride, axis) => offset + stride * starts[axis]!, from.offset),
  }),
  // Back to where the elements came from, zeros elsewhere; a slice that ran backwards is turned round first.
  derivative: [
    ({ g, a, settings: { starts, steps, counts } }) => {
      const reversed = steps.flatMap((step, axis) => (step < 0 ? [axis] : []));
      const first = starts.map((start, axis) =>
        counts[axis] === 0 ? a.shape[axis]! : steps[axis]! < 0 ? start + (counts[axis]! - 1) * steps[axis]! : start,
      );
      const reach = counts.map((count, axis) => (count === 0 ? 0 : (count - 1) * Math.abs(steps[axis]!) + 1));
      const widths = a.shape.map((length, axis) => [first[axis]!, length - first[axis]! - reach[axis]!] as const);
      return g.flip(reversed).pad(widths, { between: steps.map((step) => Math.abs(step) - 1) });
    },
  ],
};

/**
 * The same numbers, and nothing follows them any further.
 *
 * @formula a, without its past
 */
export const detach: View<undefined> = {
  kind: 'view',
  name: 'detach',
  shape: ([from]) => from!,
  dtype: strongest,
  view: (from) => from,
};

/**
 * The same numbers, followed from here on: a gradient may be asked for them.
 *
 * @formula a, followed from here on
 */
export const watch: View<undefined> = {
  ...detach,
  name: 'watch',
  derivative: [({ g }) => g],
};
