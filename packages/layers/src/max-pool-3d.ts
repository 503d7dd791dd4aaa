import { type MaxPooling, maxPooling } from './max-pooling.ts';
import type { MaxPoolingOptions } from './pooling.ts';
import type { PerAxis, Pooled, PooledWindows } from './shape-rule.ts';

/**
 * The largest number of each window. `maxPool3d(size).indices(x)` says where it stands.
 *
 *   y[n, c, p] = max k  x[n, c, p · stride + k · dilation − padding]
 *
 * Padding never wins: it counts as −Infinity.
 *
 * @param size  the size of the window
 * @returns     a layer from [N, channels, D, H, W] to a smaller one; it has no parameters
 * @throws RangeError, TypeError when a size or an option does not fit
 * @throws ShapeError when x has other axes, or is smaller than a window
 * @example maxPool3d(2)(zeros([1, 1, 6, 6, 6])).shape.join(' ')   // 1 1 3 3 3
 * @see Goodfellow, Bengio, Courville, Deep Learning (2016), §9.3
 */
/* @__NO_SIDE_EFFECTS__ */
export function maxPool3d<
  const Size extends PerAxis,
  const Stride extends PerAxis = Size,
  const Padding extends PerAxis | 'same' | 'valid' = 0,
  const Dilation extends PerAxis = 1,
  const Ceil extends boolean = false,
>(
  size: Size,
  options: MaxPoolingOptions<Stride, Padding, Dilation, Ceil> = {},
): MaxPooling<PooledWindows<[number, number, number, number, number], Pooled<Size, Stride, Padding, Dilation, Ceil>>> {
  return maxPooling('maxPool3d', 3, size, options);
}
