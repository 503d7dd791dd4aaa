import { type DType, type Random, type Shape, ShapeError, showShape, type Tensor } from '@nn/tensor';

/**
 * The initial numbers of a weight: a function of its shape, the generator to draw from, and the dtype.
 *
 * To write your own: `(shape, random, dtype) => random.uniform(shape, { low: -0.1, high: 0.1, dtype })`.
 */
export type Initializer = (shape: Shape, random: Random, dtype: DType) => Tensor;

/**
 * How many inputs and how many neurons a weight connects: [inputs, neurons], or [out, in, k, …] of a convolution.
 *
 * @throws ShapeError when the shape is that of a bias
 */
export function fans(caller: string, shape: Shape): { readonly inputs: number; readonly neurons: number } {
  const [inputs, neurons] = shape;
  if (shape.length === 2) return { inputs: inputs!, neurons: neurons! };
  if (shape.length > 2) {
    const window = shape.slice(2).reduce((product, size) => product * size, 1);
    return { inputs: neurons! * window, neurons: inputs! * window };
  }
  throw new ShapeError(
    `${caller}: the scale follows from a weight of shape [inputs, neurons], got ${showShape(shape)}. ` +
      `Use constant(value) or randomNormal(standardDeviation) here.`,
  );
}
