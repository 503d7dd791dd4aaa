import { type DType, tensor, type Tensor } from '@nn/tensor';

/** A tensor in a file of recorded values: its numbers in row-major order. */
export interface GoldenTensor {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly data: readonly number[];
}

/** Reads a recorded tensor in a dtype; integers become int32. Values recorded as float32 are rounded to float32 first. */
export function read({ shape, dtype, data }: GoldenTensor, as: DType): Tensor {
  const exact = dtype === 'float32' ? data.map(Math.fround) : [...data];
  return tensor(exact, { dtype: dtype === 'int64' ? 'int32' : as }).reshape(shape);
}
