import { conv1d } from './conv1d.ts';
import type { Layer } from './layer.ts';
import { separable, type SeparableOptions } from './separable.ts';
import type { Stated } from './shape-rule.ts';

/**
 * A separable convolution over 1 axis: a depthwise convolution along the axes, then a mixture of the channels.
 * It needs far fewer parameters than `conv1d`.
 *
 *   z[n, c · multiplier + j, p] = Σ k  D[c · multiplier + j, 0, k] · x[n, c, p · stride + k · dilation − padding]
 *   y[n, o, p] = b[o] + Σ j  P[o, j, 0] · z[n, j, p]
 *
 * Its parameters are `depthwise.weight` [inputs · multiplier, 1, k, …], `pointwise.weight` [outputs, inputs · multiplier, 1, …]
 * and `pointwise.bias` [outputs].
 *
 * @throws RangeError, TypeError when a size or an option does not fit
 * @throws ShapeError when x has other channels or axes
 * @example separableConv1d(2, 4, 3, { random: randomState(0) })(zeros([1, 2, 5])).shape.join(' ')   // 1 4 3
 * @see Chollet, Xception: Deep Learning with Depthwise Separable Convolutions (2017)
 */
// Not marked as free of side effects: it draws from the generator, and the next draws depend on that.
export function separableConv1d<const In extends number, const Out extends number>(
  inputs: In,
  outputs: Out,
  size: number | readonly number[],
  options: SeparableOptions,
): Layer<Stated<[number, In, number], [number, Out, number]>> {
  return separable('separableConv1d', conv1d, inputs, outputs, size, options) as unknown as Layer<
    Stated<[number, In, number], [number, Out, number]>
  >;
}
