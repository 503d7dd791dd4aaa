import type { Concat, Pad } from '../operation.ts';
import { blank, copyInto } from '../strided.ts';
import type { Kernel } from './kernel.ts';

export const pad: Kernel<Pad> = (_, [input], { before, between, value }, shape, dtype) => {
  const result = blank(shape, dtype);
  result.array.fill(value);
  const inside = {
    array: result.array,
    offset: before.reduce((offset, width, axis) => offset + width * result.strides[axis]!, 0),
    strides: result.strides.map((stride, axis) => stride * (between[axis]! + 1)),
  };
  copyInto(inside, input!, input!.shape);
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
