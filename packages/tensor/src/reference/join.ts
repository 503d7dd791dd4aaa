import type { Concat, Pad } from '../operation.ts';
import { blank, copyInto, sliced } from '../strided.ts';
import type { Kernel } from './kernel.ts';

export const pad: Kernel<Pad> = (_, [input], { starts, steps, value }, shape, dtype) => {
  const result = blank(shape, dtype);
  result.array.fill(value);
  copyInto(sliced(result, starts, steps), input!, input!.shape);
  return result;
};

export const concat: Kernel<Concat> = (_, inputs, { axis }, shape, dtype) => {
  const result = blank(shape, dtype);
  let offset = 0;
  for (const input of inputs) {
    copyInto({ ...result, offset }, input, input.shape);
    offset += input.shape[axis]! * result.strides[axis]!;
  }
  return result;
};
