import { checkOptions, type Tensor } from '@nn/tensor';
import { checkMode, interpolate, type InterpolationOptions, scaleOf } from './interpolate.ts';
import { type Layer, layer } from './layer.ts';
import type { ChannelsKept } from './shape-rule.ts';

/**
 * Larger images or series, as a layer: `interpolate` with a scale.
 *
 * @param scale  how many times each axis behind the channels grows, one number for all
 * @returns      a layer that keeps samples and channels; it has no parameters
 * @throws RangeError, TypeError when the scale or an option does not fit
 * @throws ShapeError when x has other axes
 * @example String(upsample(2)(tensor([[[1, 2]]])))   // [[[1. 1. 2. 2.]]]
 */
/* @__NO_SIDE_EFFECTS__ */
export function upsample(scale: number | readonly number[], options: InterpolationOptions = {}): Layer<ChannelsKept> {
  const { mode = 'nearest', alignCorners = false } = checkOptions('upsample', options, ['mode', 'alignCorners']);
  checkMode('upsample', mode, alignCorners);
  scaleOf('upsample', scale, [scale].flat().length);
  return layer({
    title: `upsample(${[scale].flat().join(', ')})`,
    call: (x): Tensor => interpolate(x, { scale, mode, alignCorners }),
  }) as unknown as Layer<ChannelsKept>;
}
