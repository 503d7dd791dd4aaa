import type { DType, Random, Shape, Tensor } from '@nn/tensor';
import { fans } from './initializer.ts';

/**
 * Initial weights for layers without an activation, or with selu: values keep their size.
 *
 *   W uniform over ±√(3 / inputs)
 *
 * For the weight [out, in, k, …] of a convolution inputs are in · k · ….
 *
 * @throws ShapeError when the shape is that of a bias
 * @example String(lecunUniform([3, 2], randomState(0), 'float32').slice(0))   // [0.09762701 0.43037874]
 * @see LeCun, Bottou, Orr, Müller, Efficient BackProp (1998)
 */
export function lecunUniform(shape: Shape, random: Random, dtype: DType): Tensor {
  const { inputs } = fans('lecunUniform', shape);
  const limit = Math.sqrt(3 / inputs);
  return random.uniform(shape, { low: -limit, high: limit, dtype });
}
