import { type DType, type Random, type Shape, ShapeError, showShape, type Tensor } from '@nn/tensor';

/**
 * The numbers that a weight starts with: a function of its shape, the generator to draw from, and the dtype.
 *
 * Own ones are written alike: `(shape, random, dtype) => random.uniform(shape, { low: -0.1, high: 0.1, dtype })`.
 */
export type Initializer = (shape: Shape, random: Random, dtype: DType) => Tensor;

/**
 * How many numbers come in and go out of a neuron's weight, shape [inputs, neurons].
 *
 * @throws ShapeError when the shape is that of a bias
 */
export function fans(asked: string, shape: Shape): { readonly inputs: number; readonly neurons: number } {
  const [inputs, neurons] = shape;
  if (shape.length === 2) return { inputs: inputs!, neurons: neurons! };
  throw new ShapeError(
    `${asked}: the scale follows from a weight of shape [inputs, neurons], got ${showShape(shape)}. ` +
      `Use constant(value) or scaledNormal(scale) here.`,
  );
}
