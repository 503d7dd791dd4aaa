import { adaptivePooling, windowMaximum } from './adaptive-pooling.ts';
import type { Layer } from './layer.ts';
import type { ChannelsKept } from './shape-rule.ts';

/**
 * The largest number of each window, with windows so wide that the result has a given size, whatever the size of x.
 *
 *   y[n, c, p] = max x[n, c, ⌊p · length / size⌋ … ⌈(p + 1) · length / size⌉ − 1]     along each axis
 *
 * @param size  how many windows there are along each axis
 * @returns     a layer from [N, channels, L] to [N, channels, size…]; it has no parameters
 * @throws RangeError, TypeError when the size does not fit
 * @throws ShapeError when x has other axes, or none of its elements
 * @example String(adaptiveMaxPool1d(2)(tensor([[[1, 2, 3, 4]]])))   // [[[2. 4.]]]
 * @see He, Zhang, Ren, Sun, Spatial Pyramid Pooling in Deep Convolutional Networks (2014)
 */
/* @__NO_SIDE_EFFECTS__ */
export function adaptiveMaxPool1d(size: number | readonly number[]): Layer<ChannelsKept> {
  return adaptivePooling('adaptiveMaxPool1d', 1, size, windowMaximum);
}
