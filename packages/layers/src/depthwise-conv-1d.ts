import { conv1d } from './conv1d.ts';
import type { Convolution } from './convolution.ts';
import { channelsOf, type DepthwiseOptions } from './depthwise.ts';
import type { PerAxis, Sliding, Windows } from './shape-rule.ts';

/**
 * A depthwise convolution over 1 axis: each channel has filters of its own, and sees no other channel.
 *
 *   y[n, c · multiplier + j, p] = b + Σ k  W[c · multiplier + j, 0, k] · x[n, c, p · stride + k · dilation − padding]
 *
 * It is `conv1d` with as many groups as channels.
 *
 * x is [N, channels, L], W [channels · multiplier, 1, k, …], b [channels · multiplier].
 *
 * @throws RangeError, TypeError when a size or an option does not fit
 * @throws ShapeError when x has other channels or axes
 * @example depthwiseConv1d(2, 3, { random: randomState(0), multiplier: 2 })(zeros([1, 2, 5])).shape.join(' ')   // 1 4 3
 * @see Chollet, Xception: Deep Learning with Depthwise Separable Convolutions (2017)
 */
// Not marked as free of side effects: it draws from the generator, and the next draws depend on that.
export function depthwiseConv1d<
  const In extends number,
  const Size extends PerAxis,
  const Stride extends PerAxis = 1,
  const Padding extends Sliding['padding'] = 0,
  const Dilation extends PerAxis = 1,
>(
  channels: In,
  size: Size,
  options: DepthwiseOptions<Stride, Padding, Dilation>,
): Convolution<
  Windows<[number, In, number], number, { size: Size; stride: Stride; padding: Padding; dilation: Dilation }>
> {
  const { outputs, rest } = channelsOf('depthwiseConv1d', channels, options);
  return conv1d(channels, outputs, size, { ...rest, groups: channels });
}
