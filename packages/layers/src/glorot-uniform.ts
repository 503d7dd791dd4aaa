import type { DType, Random, Shape, Tensor } from '@nn/tensor';
import { fans } from './initializer.ts';

/**
 * Initial weights for layers with tanh or sigmoid: values and gradients keep their size through many layers.
 *
 *   W uniform over ±√(6 / (inputs + neurons))
 *
 * For the weight [out, in, k, …] of a convolution inputs are in · k · …, neurons out · k · ….
 *
 * @throws ShapeError when the shape is that of a bias
 * @example String(glorotUniform([4, 2], randomState(0), 'float32').slice(0))   // [0.09762701 0.43037874]
 * @see Glorot, Bengio, Understanding the difficulty of training deep feedforward neural networks (2010)
 */
export function glorotUniform(shape: Shape, random: Random, dtype: DType): Tensor {
  const { inputs, neurons } = fans('glorotUniform', shape);
  const limit = Math.sqrt(6 / (inputs + neurons));
  return random.uniform(shape, { low: -limit, high: limit, dtype });
}
