import { type DType, fromTypedArray, type Tensor } from '../src/index.ts';
import { allocate } from '../src/dtype.ts';
import { type Shape, sizeOf } from '../src/shape.ts';

/**
 * A tensor of integers from −5 to 5 without a pattern along rows or columns; in bool, whether they are above 0. Each seed
 * `from` gives other numbers. Sums of a few thousand products are exact in every order, so that results must be bit-identical.
 */
export function integerTensor(shape: Shape, from: number, dtype: DType = 'float32'): Tensor {
  const numbers = allocate(dtype, sizeOf(shape)).map((_, at) => {
    const value = ((Math.imul(at + 1, 0x9e3779b1) + Math.imul(from, 0x85ebca6b)) >>> 13) % 11;
    return dtype === 'bool' ? Number(value > 5) : value - 5;
  });
  return fromTypedArray(numbers, shape, { dtype }) as Tensor;
}
