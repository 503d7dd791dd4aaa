import { type Convolution, convolution, type ConvolutionOptions } from './convolution.ts';
import type { PerAxis, Sliding, Windows } from './shape-rule.ts';

/**
 * A convolution over 3 axes: every filter is multiplied with every window of x, over all channels of its group.
 *
 *   y[n, o, p] = b[o] + Σ c, k  W[o, c, k] · x[n, c, p · stride + k · dilation − padding]
 *
 * x is [N, inputs, D, H, W], W [outputs, inputs / groups, k, …], b [outputs], y [N, outputs, …].
 *
 * @throws RangeError, TypeError when a size or an option does not fit
 * @throws ShapeError when x has other channels or axes
 * @example conv3d(1, 2, 3, { random: randomState(0) })(zeros([1, 1, 5, 5, 5])).shape.join(' ')   // 1 2 3 3 3
 * @see Dumoulin, Visin, A guide to convolution arithmetic for deep learning (2016)
 */
// Not marked as free of side effects: it draws from the generator, and the next draws depend on that.
export function conv3d<
  const In extends number,
  const Out extends number,
  const Size extends PerAxis,
  const Stride extends PerAxis = 1,
  const Padding extends Sliding['padding'] = 0,
  const Dilation extends PerAxis = 1,
>(
  inputs: In,
  outputs: Out,
  size: Size,
  options: ConvolutionOptions<Stride, Padding, Dilation>,
): Convolution<
  Windows<
    [number, In, number, number, number],
    Out,
    { size: Size; stride: Stride; padding: Padding; dilation: Dilation }
  >
> {
  return convolution(3, inputs, outputs, size, options);
}
