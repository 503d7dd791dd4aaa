import type { DType, Random, Shape, Tensor } from '@nn/tensor';
import { fans } from './initializer.ts';

/**
 * Starts with normal numbers of deviation √(2 / inputs), so that what passes through many layers with relu neither dies
 * away nor blows up.
 *
 * The normal distribution is whole; Keras cuts it off at two deviations.
 *
 * @throws ShapeError when the shape is not [inputs, neurons]
 * @example String(heNormal([2, 2], randomState(0), 'float32'))   // [[1.7640524 0.4001572]\n [0.978738  2.2408931]]
 * @see He, Zhang, Ren, Sun, Delving Deep into Rectifiers (2015)
 */
export function heNormal(shape: Shape, random: Random, dtype: DType): Tensor {
  return random.normal(shape, { deviation: Math.sqrt(2 / fans('heNormal', shape).inputs), dtype });
}
