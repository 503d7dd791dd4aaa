import type { DType, Random, Shape, Tensor } from '@nn/tensor';
import { fans } from './initializer.ts';

/**
 * Initial weights for layers with tanh or sigmoid: values and gradients keep their size through many layers.
 *
 *   W = √(2 / (inputs + neurons)) · N(0, 1)
 *
 * For the weight [out, in, k, …] of a convolution inputs are in · k · …, neurons out · k · …. The normal distribution is not cut off.
 *
 * @throws ShapeError when the shape is that of a bias
 * @example String(glorotNormal([4, 4], randomState(0), 'float32').slice(0, 0))   // 0.8820262
 * @see Glorot, Bengio, Understanding the difficulty of training deep feedforward neural networks (2010)
 */
export function glorotNormal(shape: Shape, random: Random, dtype: DType): Tensor {
  const { inputs, neurons } = fans('glorotNormal', shape);
  return random.normal(shape, { standardDeviation: Math.sqrt(2 / (inputs + neurons)), dtype });
}
