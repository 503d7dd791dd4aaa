import { edgePadding, type PadWidths } from './edge-padding.ts';
import type { Layer } from './layer.ts';
import type { ChannelsKept } from './shape-rule.ts';

/**
 * Images or series repeated beyond their ends, as if they were rings.
 *
 * @param widths  for all axes behind the channels and both ends, or [before, after] for each axis
 * @returns       a layer that keeps samples and channels; it has no parameters
 * @throws RangeError, TypeError when a width is not a non-negative integer
 * @throws ShapeError when x has other axes, or a width is larger than the axis
 * @example String(circularPad(1)(tensor([[[1, 2, 3]]])))   // [[[3. 1. 2. 3. 1.]]]
 */
/* @__NO_SIDE_EFFECTS__ */
export function circularPad(widths: PadWidths): Layer<ChannelsKept> {
  return edgePadding(
    'circularPad',
    widths,
    (length) => length,
    (place, length) => (place + length) % length,
  );
}
