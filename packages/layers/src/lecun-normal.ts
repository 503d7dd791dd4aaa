import type { DType, Random, Shape, Tensor } from '@nn/tensor';
import { fans } from './initializer.ts';

/**
 * Initial weights for layers with selu: values keep mean 0 and variance 1.
 *
 *   W = √(1 / inputs) · N(0, 1)
 *
 * For the weight [out, in, k, …] of a convolution inputs are in · k · …. The normal distribution is not cut off.
 *
 * @throws ShapeError when the shape is that of a bias
 * @example String(lecunNormal([4, 1], randomState(0), 'float32').slice(0))   // [0.8820262]
 * @see LeCun, Bottou, Orr, Müller, Efficient BackProp (1998)
 */
export function lecunNormal(shape: Shape, random: Random, dtype: DType): Tensor {
  const { inputs } = fans('lecunNormal', shape);
  return random.normal(shape, { standardDeviation: Math.sqrt(1 / inputs), dtype });
}
