import { allocate, checkDType, type DType } from '../dtype.ts';
import { fromTypedArray } from '../creation.ts';
import { checkShape, type Shape, sizeOf } from '../shape.ts';
import type { Tensor } from '../tensor.ts';

/**
 * One draw when no shape is asked for, else a tensor of draws in row-major order.
 *
 * Shape, dtype and memory are seen to before anything is drawn.
 */
export function draw(
  asked: string,
  shape: Shape | undefined,
  dtype: DType,
  allowed: readonly DType[],
  next: () => number,
): number | Tensor {
  checkDType(dtype, asked);
  if (!allowed.includes(dtype)) {
    throw new TypeError(
      `${asked}: draws are ${allowed.join(' or ')}, got dtype ${dtype}. Convert them with cast('${dtype}').`,
    );
  }
  if (shape === undefined) return dtype === 'float32' ? Math.fround(next()) : next();
  const array = allocate(dtype, sizeOf(checkShape(shape, asked)));
  for (let index = 0; index < array.length; index++) array[index] = next();
  return fromTypedArray(array, shape);
}

export const floating: readonly DType[] = ['float32', 'float64'];
export const counting: readonly DType[] = ['int32', 'float64'];
