import { type DType, fromTypedArray, type Tensor } from '../src/index.ts';
import { allocate } from '../src/dtype.ts';
import { type Shape, sizeOf } from '../src/shape.ts';

/**
 * Whole numbers from −5 to 5 without a pattern along rows or columns, others for each `from`; as bool, which of them are
 * above 0. Sums and products of a few thousand are exact in every order, so that results must be equal to the last bit.
 */
export function whole(shape: Shape, from: number, dtype: DType = 'float32'): Tensor {
  const numbers = allocate(dtype, sizeOf(shape)).map((_, at) => {
    const value = ((Math.imul(at + 1, 0x9e3779b1) + Math.imul(from, 0x85ebca6b)) >>> 13) % 11;
    return dtype === 'bool' ? Number(value > 5) : value - 5;
  });
  return fromTypedArray(numbers, shape, { dtype }) as Tensor;
}
