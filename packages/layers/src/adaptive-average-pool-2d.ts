import { adaptivePooling, windowMean } from './adaptive-pooling.ts';
import type { Layer } from './layer.ts';
import type { ChannelsKept } from './shape-rule.ts';

/**
 * The mean of each window, with windows so wide that the result has a given size, whatever the size of x.
 *
 *   y[n, c, p] = mean x[n, c, ⌊p · length / size⌋ … ⌈(p + 1) · length / size⌉ − 1]     along each axis
 *
 * @param size  how many windows there are along each axis
 * @returns     a layer from [N, channels, H, W] to [N, channels, size…]; it has no parameters
 * @throws RangeError, TypeError when the size does not fit
 * @throws ShapeError when x has other axes, or none of its elements
 * @example adaptiveAveragePool2d([2, 3])(zeros([1, 1, 7, 6])).shape.join(' ')   // 1 1 2 3
 * @see He, Zhang, Ren, Sun, Spatial Pyramid Pooling in Deep Convolutional Networks (2014)
 */
/* @__NO_SIDE_EFFECTS__ */
export function adaptiveAveragePool2d(size: number | readonly number[]): Layer<ChannelsKept> {
  return adaptivePooling('adaptiveAveragePool2d', 2, size, windowMean);
}
