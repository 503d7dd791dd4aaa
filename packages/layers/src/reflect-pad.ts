import { edgePadding, type PadWidths } from './edge-padding.ts';
import type { Layer } from './layer.ts';
import type { ChannelsKept } from './shape-rule.ts';

/**
 * Images or series mirrored at their ends, without the last number once more.
 *
 * @param widths  for all axes behind the channels and both ends, or [before, after] for each axis
 * @returns       a layer that keeps samples and channels; it has no parameters
 * @throws RangeError, TypeError when a width is not a non-negative integer
 * @throws ShapeError when x has other axes, or a width reaches the other end
 * @example String(reflectPad(1)(tensor([[[1, 2, 3]]])))   // [[[2. 1. 2. 3. 2.]]]
 */
/* @__NO_SIDE_EFFECTS__ */
export function reflectPad(widths: PadWidths): Layer<ChannelsKept> {
  return edgePadding(
    'reflectPad',
    widths,
    (length) => length - 1,
    (place, length) => (place < 0 ? -place : Math.min(place, 2 * (length - 1) - place)),
  );
}
