import type { DType, Random, Shape, Tensor } from '@nn/tensor';
import { fans } from './initializer.ts';

/**
 * Initial weights for layers with relu: values keep their size through many layers.
 *
 *   W = √(2 / inputs) · N(0, 1)
 *
 * Keras cuts the normal distribution off at two standard deviations; this one is not cut off.
 *
 * For the weight [out, in, k, …] of a convolution inputs are in · k · ….
 *
 * @throws ShapeError when the shape is that of a bias
 * @example String(heNormal([2, 2], randomState(0), 'float32'))   // [[1.7640524 0.4001572]\n [0.978738  2.2408931]]
 * @see He, Zhang, Ren, Sun, Delving Deep into Rectifiers (2015)
 */
export function heNormal(shape: Shape, random: Random, dtype: DType): Tensor {
  return random.normal(shape, { standardDeviation: Math.sqrt(2 / fans('heNormal', shape).inputs), dtype });
}
