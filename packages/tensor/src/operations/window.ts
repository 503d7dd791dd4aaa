import { ShapeError } from '../errors.ts';
import type { OverlapOperation, ViewOperation, WindowSettings } from '../operation.ts';
import { overlapAdd as reference } from '../reference/window.ts';
import { checkShape, type Shape, showShape } from '../shape.ts';
import { windowed } from '../strided.ts';
import { arithmetic } from './rules.ts';
import { nextAxes, viewOperation } from './view.ts';

// A window reads overlapping parts of its input through strides, without a copy; `overlapAdd` adds the parts up again.
// Each is the derivative of the other.

/** The shape of all windows: the windowed axes count positions, and new axes at the end count elements of a window. */
function windowShape(shape: Shape, { axes, sizes, steps, dilations }: WindowSettings): Shape {
  const positions = shape.map((length, axis) => {
    const at = axes.indexOf(axis);
    if (at < 0) return length;
    const span = (sizes[at]! - 1) * dilations[at]! + 1;
    if (span > length) {
      throw new ShapeError(
        `slidingWindows: a window of ${sizes[at]} elements at distance ${dilations[at]} spans ${span}, but axis ${axis} of ` +
          `${showShape(shape)} has size ${length}. Pad the input, or make the window smaller.`,
      );
    }
    return Math.floor((length - span) / steps[at]!) + 1;
  });
  return checkShape([...positions, ...sizes], 'slidingWindows');
}

/** @formula y[i, k] = a[i · step + k · dilation] */
export const slidingWindows: ViewOperation<WindowSettings> = /* @__PURE__ */ viewOperation('slidingWindows', {
  shape: ([shape], settings) => windowShape(shape!, settings),
  view: (from, _, settings) => windowed(from, settings),
  batched: (settings, _, shape) => [{ ...settings, axes: nextAxes(settings.axes) }, shape],
  derivative: [(g, [a], _output, settings) => g.apply(overlapAdd, [g], { ...settings, shape: a.shape })],
});

/** @formula y[i · step + k · dilation] += a[i, k], from zeros */
export const overlapAdd: OverlapOperation = {
  kind: 'overlap',
  name: 'overlapAdd',
  shape: (_, { shape }) => shape,
  dtype: arithmetic,
  forward: reference,
  derivative: [
    (g, _inputs, _output, { axes, sizes, steps, dilations }) =>
      g.apply(slidingWindows, [g], { axes, sizes, steps, dilations }),
  ],
};
