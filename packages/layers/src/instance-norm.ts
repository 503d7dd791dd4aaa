import type { Tensor } from '@nn/tensor';
import { type Layer, layer } from './layer.ts';
import { affineOf, affinePerChannel, checkChannels, type NormOptions, standardize } from './normalization.ts';
import type { SameShape } from './shape-rule.ts';

/**
 * Instance normalisation: each channel of each sample gets mean 0 and variance 1, then a scale and a shift of its own.
 *
 *   y = (x − mean) / √(variance + epsilon) · weight + bias
 *
 * Mean and (biased) variance are those of the axes behind the channels, so training and prediction are the same.
 *
 * @param channels  the length of axis 1 of x, [N, channels, …]
 * @returns         a layer that keeps the shape; its parameters are `weight` and `bias`, [channels]
 * @throws RangeError, TypeError when a number or an option does not fit
 * @throws ShapeError when x has other channels, or no axis behind them
 * @example String(instanceNorm(1)(tensor([[[1, 3]]])).round())   // [[[-1.  1.]]]
 * @see Ulyanov, Vedaldi, Lempitsky, Instance Normalization (2016)
 */
/* @__NO_SIDE_EFFECTS__ */
export function instanceNorm(channels: number, options: NormOptions = {}): Layer<SameShape> {
  const caller = `instanceNorm(${channels})`;
  const { epsilon, name, parameters } = affineOf('instanceNorm', caller, 'channels', [channels], options);
  return layer({
    title: caller,
    name,
    parameters,
    call(x): Tensor {
      checkChannels(caller, x, channels, 3);
      const axes = x.shape.slice(2).map((_, axis) => axis + 2);
      return affinePerChannel(standardize(x, axes, epsilon), parameters);
    },
  }) as unknown as Layer<SameShape>;
}
