import { pad, ShapeError, type Tensor } from '@nn/tensor';
import { checkWidths, type PadWidths, widthsFor } from './edge-padding.ts';
import { type Layer, layer } from './layer.ts';
import type { ChannelsKept } from './shape-rule.ts';

/**
 * Zeros around images or series. A negative width cuts off.
 *
 * @param widths  for all axes behind the channels and both ends, or [before, after] for each axis
 * @returns       a layer that keeps samples and channels; it has no parameters
 * @throws RangeError, TypeError when a width is not an integer
 * @throws ShapeError when x has other axes, or negative widths leave nothing
 * @example String(zeroPad([[1, -1]])(tensor([[[1, 2]]])))   // [[[0. 1.]]]
 */
/* @__NO_SIDE_EFFECTS__ */
export function zeroPad(widths: PadWidths): Layer<ChannelsKept> {
  const caller = checkWidths('zeroPad', widths, -Infinity);
  return layer({
    title: caller,
    call(x): Tensor {
      const pairs = widthsFor(caller, widths, x.shape);
      const ranges = pairs.map(([before, after], axis): [number, number] => {
        const length = x.shape[axis + 2]!;
        const [start, end] = [Math.max(-before, 0), length - Math.max(-after, 0)];
        if (start < end) return [start, end];
        throw new ShapeError(
          `${caller}: of an axis of length ${length} the widths [${before}, ${after}] leave nothing. Cut off less.`,
        );
      });
      const added = pairs.map(([before, after]) => [Math.max(before, 0), Math.max(after, 0)] as const);
      return pad(x.slice([], [], ...ranges) as Tensor, [[0, 0], [0, 0], ...added]);
    },
  }) as unknown as Layer<ChannelsKept>;
}
