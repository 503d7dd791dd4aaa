import type { Layer } from './layer.ts';
import { lpPooling, type LpPoolingOptions } from './lp-pooling.ts';
import type { ChannelsKept } from './shape-rule.ts';

/**
 * The power mean of each window without its division: between the sum (power 1) and the maximum (a large power).
 *
 *   y[n, c, p] = (Σ k  x[n, c, p · stride + k − padding]^power)^(1/power)
 *
 * Padding counts as zeros. With `ceilMode` a last window that is cut off counts its mean of powers as often as a whole
 * window, as in PyTorch. An odd power needs numbers of at least 0.
 *
 * @param size  the size of the window
 * @returns     a layer from [N, channels, H, W] to a smaller one; it has no parameters
 * @throws RangeError, TypeError when a size or an option does not fit
 * @throws ShapeError when x has other axes, or is smaller than a window
 * @example String(lpPool2d(2)(tensor([[[[1, 1], [1, 1]]]])))   // [[[[2.]]]]
 * @see Sermanet, Chintala, LeCun, Convolutional Neural Networks Applied to House Numbers Digit Classification (2012)
 */
/* @__NO_SIDE_EFFECTS__ */
export function lpPool2d(size: number | readonly number[], options: LpPoolingOptions = {}): Layer<ChannelsKept> {
  return lpPooling('lpPool2d', 2, size, options);
}
