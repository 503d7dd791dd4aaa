import { ShapeError } from '../errors.ts';
import type { ViewOperation } from '../operation.ts';
import { view } from '../reference/elementwise.ts';
import { checkSize, checkBroadcastsTo, sameShape, type Shape, showShape, sizeOf } from '../shape.ts';
import { broadcastStrides, isRowMajor, rowMajor } from '../strided.ts';
import { strongest } from './rules.ts';

type Entry<Settings> = Omit<ViewOperation<Settings>, 'kind' | 'name' | 'dtype' | 'forward'>;

/** A view operation from its entry. */
/* @__NO_SIDE_EFFECTS__ */
export function viewOperation<Settings>(name: string, entry: Entry<Settings>): ViewOperation<Settings> {
  return { kind: 'view', name, dtype: strongest, forward: view, ...entry };
}

/** The view of operations that change only how gradients flow. Compiled programs skip these operations. */
export const unchanged = <Layout>(from: Layout): Layout => from;

/** The numbers of axes behind a new first axis. */
export const nextAxes = (axes: readonly number[]): readonly number[] => axes.map((axis) => axis + 1);

/** @formula the same elements in row-major order */
export const reshape: ViewOperation<{ readonly shape: Shape }> = /* @__PURE__ */ viewOperation('reshape', {
  shape([from], { shape }) {
    return checkSize(shape, sizeOf(from!), `reshape of ${showShape(from!)}`);
  },
  view(from, fromShape, { shape }) {
    if (isRowMajor(from.strides, fromShape)) return { ...from, strides: rowMajor(shape) };
    // Axes of length 1 can be added and removed without a copy.
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
  batched: (settings, length, shape) => [{ shape: [length, ...settings.shape] }, shape],
  derivative: [(g, [a]) => g.reshape(a.shape)],
});

/** @formula axis i of y = axis axes[i] of a */
export const permute: ViewOperation<{ readonly axes: readonly number[] }> = /* @__PURE__ */ viewOperation('permute', {
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
  batched: ({ axes }, _, shape) => [{ axes: [0, ...nextAxes(axes)] }, shape],
  derivative: [(g, _inputs, _output, { axes }) => g.permute(axes.map((_, axis) => axes.indexOf(axis)))],
});

/** @formula axes of length 1 repeated, without a copy */
export const expand: ViewOperation<{ readonly shape: Shape }> = /* @__PURE__ */ viewOperation('expand', {
  shape: ([from], { shape }) => checkBroadcastsTo(from!, shape, 'expand'),
  view: (from, fromShape, { shape }) => ({ ...from, strides: broadcastStrides(from.strides, fromShape, shape) }),
  // New axes come before those of each tensor, and after the first axis.
  batched: (settings, length, shape) => [
    { shape: [length, ...settings.shape] },
    [...settings.shape.slice(shape.length).map(() => 1), ...shape],
  ],
  derivative: [(g, [a]) => g.sumTo(a.shape)],
});

/**
 * The same elements as a constant: gradients do not flow back through them.
 *
 * @formula a, as a constant
 */
export const detach: ViewOperation<undefined> = /* @__PURE__ */ viewOperation('detach', {
  shape: ([from]) => from!,
  view: unchanged,
  batched: (settings, _, shape) => [settings, shape],
});

/**
 * The same elements as a tensor that requires a gradient.
 *
 * @formula a, differentiable from here on
 */
export const watch: ViewOperation<undefined> = /* @__PURE__ */ viewOperation('watch', {
  shape: ([from]) => from!,
  view: unchanged,
  batched: (settings, _, shape) => [settings, shape],
  derivative: [(g) => g],
});
