import { allocate, type DType } from '../dtype.ts';
import { fromTypedArray } from '../creation.ts';
import { checkShape, type Shape, sizeOf } from '../shape.ts';
import type { Tensor } from '../tensor.ts';

/** The dtypes to draw in: the first one for tensors unless another is named, the second one for single numbers. */
export type DrawnIn = readonly [DType, DType];

export const floating: DrawnIn = ['float32', 'float64'];
export const counting: DrawnIn = ['int32', 'float64'];

/**
 * One draw when no shape is asked for, else a tensor of draws in row-major order.
 *
 * Shape, dtype and memory are seen to before anything is drawn.
 *
 * @param next  draws one number to be held in a dtype
 */
export function draw(
  asked: string,
  shape: Shape | undefined,
  dtype: DType | undefined,
  allowed: DrawnIn,
  next: (dtype: DType) => number,
): number | Tensor {
  const to = dtype ?? allowed[shape ? 0 : 1];
  if (!allowed.includes(to)) {
    throw new TypeError(
      `${asked}: draws are ${allowed.join(' or ')}, got dtype ${to}. Convert them with cast('${to}').`,
    );
  }
  if (shape === undefined) return to === 'float32' ? Math.fround(next(to)) : next(to);
  const array = allocate(to, sizeOf(checkShape(shape, asked)));
  for (let index = 0; index < array.length; index++) array[index] = next(to);
  return fromTypedArray(array, shape);
}
