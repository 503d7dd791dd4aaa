import type { Tensor } from '@nn/tensor';
import { type Layer, layer } from './layer.ts';
import { affineOf, affinePerChannel, checkChannels, type NormOptions, standardize } from './normalization.ts';
import type { SameShape } from './shape-rule.ts';

/**
 * Group normalisation: the channels of each sample are split into groups, and each group gets mean 0 and variance 1, then
 * each channel a scale and a shift of its own.
 *
 *   y = (x − mean) / √(variance + epsilon) · weight + bias
 *
 * Mean and (biased) variance are those of one group of one sample, so training and prediction are the same, whatever the
 * size of the batch. One group normalises all channels together, as many groups as channels each by itself.
 *
 * @param groups    how many groups there are; it divides `channels`
 * @param channels  the length of axis 1 of x, [N, channels, …]
 * @returns         a layer that keeps the shape; its parameters are `weight` and `bias`, [channels]
 * @throws RangeError, TypeError when a number or an option does not fit
 * @throws ShapeError when x has other channels
 * @example String(groupNorm(1, 2)(tensor([[1, 3]])).round())   // [[-1.  1.]]
 * @see Wu, He, Group Normalization (2018)
 */
/* @__NO_SIDE_EFFECTS__ */
export function groupNorm(groups: number, channels: number, options: NormOptions = {}): Layer<SameShape> {
  const caller = `groupNorm(${groups}, ${channels})`;
  const { epsilon, name, parameters } = affineOf('groupNorm', caller, 'channels', [channels], options);
  if (!(Number.isInteger(groups) && groups > 0 && channels % groups === 0)) {
    throw new RangeError(
      `${caller}: groups must divide ${channels} channels, got ${String(groups)}. Choose a divisor.`,
    );
  }
  return layer({
    title: caller,
    name,
    parameters,
    call(x): Tensor {
      checkChannels(caller, x, channels, 2);
      const samples = x.shape[0]!;
      const group = x.shape.slice(2).reduce((product, length) => product * length, channels / groups);
      const normal = standardize(x.reshape([samples, groups, group]), [2], epsilon);
      return affinePerChannel(normal.reshape(x.shape), parameters);
    },
  }) as unknown as Layer<SameShape>;
}
