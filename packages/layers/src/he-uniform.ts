import type { DType, Random, Shape, Tensor } from '@nn/tensor';
import { fans } from './initializer.ts';

/**
 * Initial weights for layers with relu: values keep their size through many layers.
 *
 *   W uniform over ±√(6 / inputs)
 *
 * For the weight [out, in, k, …] of a convolution inputs are in · k · ….
 *
 * @throws ShapeError when the shape is that of a bias
 * @example String(heUniform([6, 2], randomState(0), 'float32').slice(0))   // [0.09762701 0.43037874]
 * @see He, Zhang, Ren, Sun, Delving Deep into Rectifiers (2015)
 */
export function heUniform(shape: Shape, random: Random, dtype: DType): Tensor {
  const { inputs } = fans('heUniform', shape);
  const limit = Math.sqrt(6 / inputs);
  return random.uniform(shape, { low: -limit, high: limit, dtype });
}
