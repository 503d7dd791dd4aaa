import { ShapeError } from '../errors.ts';
import type { ViewOperation } from '../operation.ts';
import { view } from '../reference/elementwise.ts';
import { checkFilled, checkStretches, sameShape, type Shape, showShape, sizeOf } from '../shape.ts';
import { broadcastStrides, isRowMajor, rowMajor } from '../strided.ts';
import { strongest } from './rules.ts';

type Written<Settings> = Omit<ViewOperation<Settings>, 'kind' | 'name' | 'dtype' | 'forward'>;

/** An operation that shows the same numbers with another shape. */
/* @__NO_SIDE_EFFECTS__ */
export function viewing<Settings>(name: string, written: Written<Settings>): ViewOperation<Settings> {
  return { kind: 'view', name, dtype: strongest, forward: view, ...written };
}

/** How numbers are seen that are the same, with another past: a program has no step for that. */
export const unchanged = <Seen>(from: Seen): Seen => from;

/** @formula the same elements in row-major order */
export const reshape: ViewOperation<{ readonly shape: Shape }> = /* @__PURE__ */ viewing('reshape', {
  shape([from], { shape }) {
    return checkFilled(shape, sizeOf(from!), `reshape of ${showShape(from!)}`);
  },
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
  derivative: [(g, [a]) => g.reshape(a.shape)],
});

/** @formula y axis i = a axis axes[i] */
export const permute: ViewOperation<{ readonly axes: readonly number[] }> = /* @__PURE__ */ viewing('permute', {
  shape([from], { axes }) {
    if (axes.length !== from!.length || new Set(axes).size !== axes.length) {
      throw new ShapeError(
        `permute: shape ${showShape(from!)} needs each of its ${from!.length} axes once, got ${showShape(axes)}. ` +
          `Write all of them.`,
      );
    }
    return axes.map((axis) => from![axis]!);
  },
  view: (from, _, { axes }) => ({ ...from, strides: axes.map((axis) => from.strides[axis]!) }),
  derivative: [(g, _inputs, _output, { axes }) => g.permute(axes.map((_, axis) => axes.indexOf(axis)))],
});

/** @formula axes of length 1 repeated, without a copy */
export const expand: ViewOperation<{ readonly shape: Shape }> = /* @__PURE__ */ viewing('expand', {
  shape: ([from], { shape }) => checkStretches(from!, shape, 'expand'),
  view: (from, fromShape, { shape }) => ({ ...from, strides: broadcastStrides(from.strides, fromShape, shape) }),
  derivative: [(g, [a]) => g.sumTo(a.shape)],
});

/**
 * The same numbers, and nothing follows them any further.
 *
 * @formula a, without its past
 */
export const detach: ViewOperation<undefined> = /* @__PURE__ */ viewing('detach', {
  shape: ([from]) => from!,
  view: unchanged,
});

/**
 * The same numbers, followed from here on: a gradient may be asked for them.
 *
 * @formula a, followed from here on
 */
export const watch: ViewOperation<undefined> = /* @__PURE__ */ viewing('watch', {
  shape: ([from]) => from!,
  view: unchanged,
  derivative: [(g) => g],
});
