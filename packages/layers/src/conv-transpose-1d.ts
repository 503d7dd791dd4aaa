import type { Convolution } from './convolution.ts';
import type { Stated } from './shape-rule.ts';
import { transposedConvolution, type TransposedConvolutionOptions } from './transposed-convolution.ts';

/**
 * A transposed convolution over 1 axis: what the gradient of `conv1d` does, so that a small image becomes a larger one.
 *
 *   y[n, o, p · stride + k · dilation − padding] += Σ c  W[c, o, k] · x[n, c, p],   then + b[o]
 *
 * x is [N, inputs, L], W [inputs, outputs / groups, k, …], b [outputs], y [N, outputs, …] with lengths
 * (length − 1) · stride − 2 · padding + (k − 1) · dilation + 1 + outputPadding.
 *
 * @throws RangeError, TypeError when a size or an option does not fit
 * @throws ShapeError when x has other channels or axes, or the padding leaves nothing
 * @example convTranspose1d(1, 2, 3, { random: randomState(0), stride: 2 })(zeros([1, 1, 5])).shape.join(' ')   // 1 2 11
 * @see Dumoulin, Visin, A guide to convolution arithmetic for deep learning (2016), §4
 */
// Not marked as free of side effects: it draws from the generator, and the next draws depend on that.
export function convTranspose1d<const In extends number, const Out extends number>(
  inputs: In,
  outputs: Out,
  size: number | readonly number[],
  options: TransposedConvolutionOptions,
): Convolution<Stated<[number, In, number], [number, Out, number]>> {
  return transposedConvolution(1, inputs, outputs, size, options);
}
