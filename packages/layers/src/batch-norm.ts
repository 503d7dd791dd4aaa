import {
  checkFloating,
  checkNumber,
  checkOptions,
  type DType,
  ones,
  ShapeError,
  showShape,
  type Tensor,
  variable,
  zeros,
} from '@nn/tensor';
import { type Layer, layer } from './layer.ts';
import type { SameShape } from './shape-rule.ts';

/** The options of `batchNorm`. */
export interface BatchNormOptions {
  /** How far the running statistics move towards those of each batch; 0.1 unless given, as in PyTorch. */
  readonly momentum?: number;
  /** Added to the variance; 1e-5 unless given. */
  readonly epsilon?: number;
  /** Whether there are a scale and a shift per channel to be trained; true unless given. */
  readonly affine?: boolean;
  /** The first part of the names of its variables in a model. */
  readonly name?: string | undefined;
  /** The dtype of its variables; float32 unless given. */
  readonly dtype?: DType;
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
  const known = ['momentum', 'epsilon', 'affine', 'name', 'dtype'];
  const given = checkOptions('batchNorm', options, known);
  const { momentum = 0.1, epsilon = 1e-5, affine = true, name, dtype = 'float32' } = given;
  checkNumber('batchNorm', 'channels', channels, Number.isInteger(channels) && channels > 0, 'a positive integer');
  checkNumber(caller, 'momentum', momentum, momentum >= 0 && momentum <= 1, 'a number from 0 to 1');
  checkNumber(caller, 'epsilon', epsilon, epsilon >= 0 && epsilon < Infinity, 'a finite number from 0 on');
  checkFloating(dtype, `${caller}: the dtype`);
  const own = (part: string, value: Tensor) => variable(value, { name: `${name ?? caller}.${part}` });
  const weight = affine ? own('weight', ones([channels], { dtype })) : undefined;
  const bias = affine ? own('bias', zeros([channels], { dtype })) : undefined;
  const runningMean = own('runningMean', zeros([channels], { dtype }));
  const runningVariance = own('runningVariance', ones([channels], { dtype }));
  return layer({
    title: caller,
    name,
    parameters: { ...(weight && { weight }), ...(bias && { bias }) },
    buffers: { runningMean, runningVariance },
    call(x, { training = false } = {}) {
      const { shape } = x;
      if (shape.length < 2 || shape[1] !== channels) {
        throw new ShapeError(
          `${caller} expects x of shape [N, ${channels}, …], got ${showShape(shape)}. ` +
            `Reshape x, or make a layer for ${shape[1] ?? 'its'} channels.`,
        );
      }
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
        const moved = (old: Tensor, now: Tensor): Tensor => old.mul(1 - momentum).add(now.detach().mul(momentum));
        runningMean.assign(moved(runningMean, mean));
        runningVariance.assign(moved(runningVariance, variance.mul(count / (count - 1))));
      }
      const normal: Tensor = x.sub(spread(mean)).div(spread(variance).add(epsilon).sqrt());
      return weight && bias ? normal.mul(spread(weight)).add(spread(bias)) : normal;
    },
  }) as unknown as Layer<SameShape>;
}
