import { edgePadding, type PadWidths } from './edge-padding.ts';
import type { Layer } from './layer.ts';
import type { ChannelsKept } from './shape-rule.ts';

/**
 * The last number of images or series, repeated beyond their ends.
 *
 * @param widths  for all axes behind the channels and both ends, or [before, after] for each axis
 * @returns       a layer that keeps samples and channels; it has no parameters
 * @throws RangeError, TypeError when a width is not a non-negative integer
 * @throws ShapeError when x has other axes
 * @example String(replicatePad(1)(tensor([[[1, 2, 3]]])))   // [[[1. 1. 2. 3. 3.]]]
 */
/* @__NO_SIDE_EFFECTS__ */
export function replicatePad(widths: PadWidths): Layer<ChannelsKept> {
  return edgePadding(
    'replicatePad',
    widths,
    (length) => (length > 0 ? Infinity : 0),
    (place, length) => Math.min(Math.max(place, 0), length - 1),
  );
}
