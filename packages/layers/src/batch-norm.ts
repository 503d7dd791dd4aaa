import { checkNumber, ones, ShapeError, showShape, type Tensor, tensor, variable, zeros } from '@nn/tensor';
import { type Layer, layer } from './layer.ts';
import { affineOf, affinePerChannel, checkChannels, type NormOptions } from './normalization.ts';
import type { SameShape } from './shape-rule.ts';

/** The options of `batchNorm`. */
export interface BatchNormOptions extends NormOptions {
  /**
   * How far the running statistics move towards those of each batch; 0.1 unless given, as in PyTorch. With `cumulative`
   * they are the means over all batches so far, counted in the buffer `batches`.
   */
  readonly momentum?: number | 'cumulative';
}

/**
 * Batch normalisation: each channel gets mean 0 and variance 1 over the batch, then a scale and a shift of its own.
 *
 *   y = (x − mean) / √(variance + epsilon) · weight + bias
 *
 * While a model is trained, mean and (biased) variance are those of the batch, and the buffers move towards them:
 * running = (1 − momentum) · running + momentum · batch, with the unbiased variance. Otherwise the buffers
 * `runningMean` and `runningVariance` are used, and saved with the model.
 *
 * @param channels  the length of axis 1 of x, [N, channels, …]
 * @returns         a layer that keeps the shape; its parameters are `weight` and `bias`, [channels]
 * @throws RangeError, TypeError when a number or an option does not fit
 * @throws ShapeError when x has other channels, or in training one value per channel, whose variance is 0
 * @example batchNorm(2)(zeros([3, 2])).shape.join(' ')   // 3 2
 * @see Ioffe, Szegedy, Batch Normalization (2015)
 */
export function batchNorm(channels: number, options: BatchNormOptions = {}): Layer<SameShape> {
  const caller = `batchNorm(${channels})`;
  const affine = affineOf('batchNorm', caller, 'channels', [channels], options, ['momentum']);
  const { epsilon, name, dtype, parameters } = affine;
  const { momentum = 0.1 } = options;
  const requirement = "a number from 0 to 1, or 'cumulative'";
  const rate =
    momentum === 'cumulative'
      ? undefined
      : checkNumber(caller, 'momentum', momentum, momentum >= 0 && momentum <= 1, requirement);
  const own = (part: string, value: Tensor) => variable(value, { name: `${name ?? caller}.${part}` });
  const runningMean = own('runningMean', zeros([channels], { dtype }));
  const runningVariance = own('runningVariance', ones([channels], { dtype }));
  const batches = rate === undefined ? own('batches', tensor(0, { dtype: 'int32' })) : undefined;
  return layer({
    title: caller,
    name,
    parameters,
    buffers: { runningMean, runningVariance, ...(batches && { batches }) },
    call(x, { training = false } = {}) {
      checkChannels(caller, x, channels, 2);
      const { shape } = x;
      const perChannel = shape.map((length, axis) => (axis === 1 ? length : 1));
      const spread = (one: Tensor): Tensor => one.reshape(perChannel);
      let [mean, variance]: [Tensor, Tensor] = [runningMean, runningVariance];
      if (training) {
        const count = x.size / channels;
        if (count < 2) {
          throw new ShapeError(
            `${caller}: in training there must be at least two values per channel, got ${showShape(shape)}. ` +
              `Use larger batches, or layerNorm.`,
          );
        }
        const axes = shape.flatMap((_, axis) => (axis === 1 ? [] : [axis]));
        [mean, variance] = [x.mean(axes), x.var(axes)];
        batches?.assign(batches.add(1));
        const moved = (old: Tensor, now: Tensor): Tensor =>
          batches
            ? old.add(now.detach().sub(old).div(batches.cast(dtype)))
            : old.mul(1 - rate!).add(now.detach().mul(rate!));
        runningMean.assign(moved(runningMean, mean));
        runningVariance.assign(moved(runningVariance, variance.mul(count / (count - 1))));
      }
      return affinePerChannel(x.sub(spread(mean)).div(spread(variance).add(epsilon).sqrt()), parameters);
    },
  }) as unknown as Layer<SameShape>;
}
