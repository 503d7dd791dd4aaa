import { allocate, type DType, type TypedArray } from '../dtype.ts';
import type { Concat, Pad } from '../operation.ts';
import { type Shape, sizeOf } from '../shape.ts';
import { rowMajor, type Strided, Walk } from '../strided.ts';
import type { Kernel, Numbers } from './kernel.ts';

/** Copies an input's numbers to the places that `to` names. */
function place(input: Numbers, to: Strided): void {
  const walk = new Walk(input.shape, [input.strides, to.strides], [input.offset, to.offset]);
  const size = sizeOf(input.shape);
  const [step, toStep] = walk.steps as [number, number];
  for (let at = 0; at < size; at += walk.run, walk.next()) {
    let from = walk.offsets[0]!;
    let place = walk.offsets[1]!;
    for (let k = 0; k < walk.run; k++, from += step, place += toStep) to.array[place] = input.array[from]!;
  }
}

function fresh(shape: Shape, dtype: DType): { array: TypedArray; strides: readonly number[]; offset: number } {
  return { array: allocate(dtype, sizeOf(shape)), strides: rowMajor(shape), offset: 0 };
}

export const pad: Kernel<Pad> = (_, [input], { before, between, value }, shape, dtype) => {
  const result = fresh(shape, dtype);
  if (value !== 0) result.array.fill(value);
  place(input!, {
    array: result.array,
    offset: before.reduce((offset, width, axis) => offset + width * result.strides[axis]!, 0),
    strides: result.strides.map((stride, axis) => stride * (between[axis]! + 1)),
  });
  return result;
};

export const concat: Kernel<Concat> = (_, inputs, { axis }, shape, dtype) => {
  const result = fresh(shape, dtype);
  let offset = 0;
  for (const input of inputs) {
    place(input, { ...result, offset });
    offset += input.shape[axis]! * result.strides[axis]!;
  }
  return result;
};
