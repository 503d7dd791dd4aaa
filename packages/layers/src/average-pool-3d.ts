import { averagePooling, type AveragePoolingOptions } from './average-pooling.ts';
import type { Layer } from './layer.ts';
import type { PerAxis, Pooled, PooledWindows } from './shape-rule.ts';

/**
 * The mean of each window.
 *
 *   y[n, c, p] = 1/count · Σ k  x[n, c, p · stride + k − padding]
 *
 * Padding counts as zeros, and `countPadding` says whether count has it. What a last window of `ceilMode` sees behind the
 * padding never counts.
 *
 * @param size  the size of the window
 * @returns     a layer from [N, channels, D, H, W] to a smaller one; it has no parameters
 * @throws RangeError, TypeError when a size or an option does not fit
 * @throws ShapeError when x has other axes, or is smaller than a window
 * @example averagePool3d(2)(zeros([1, 1, 6, 6, 6])).shape.join(' ')   // 1 1 3 3 3
 * @see Goodfellow, Bengio, Courville, Deep Learning (2016), §9.3
 */
/* @__NO_SIDE_EFFECTS__ */
export function averagePool3d<
  const Size extends PerAxis,
  const Stride extends PerAxis = Size,
  const Padding extends PerAxis | 'same' | 'valid' = 0,
  const Ceil extends boolean = false,
>(
  size: Size,
  options: AveragePoolingOptions<Stride, Padding, Ceil> = {},
): Layer<PooledWindows<[number, number, number, number, number], Pooled<Size, Stride, Padding, 1, Ceil>>> {
  return averagePooling('averagePool3d', 3, size, options);
}
