import { type DType, tensor, type Tensor } from '@nn/tensor';

/** A tensor as the files of recorded values write it: its numbers row after row. */
export interface GoldenTensor {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly data: readonly number[];
}

/** The tensor in a dtype, whole numbers in int32; what was written as float32 is rounded to float32 first. */
export function read({ shape, dtype, data }: GoldenTensor, as: DType): Tensor {
  const exact = dtype === 'float32' ? data.map(Math.fround) : [...data];
  return tensor(exact, { dtype: dtype === 'int64' ? 'int32' : as }).reshape(shape);
}
