import { ShapeError } from '../errors.ts';
import type { GatherOperation, ScatterOperation } from '../operation.ts';
import { showShape, sizeOf } from '../shape.ts';
import { blank, copyInto, packed, rowMajor, type Strided, Walk } from '../strided.ts';
import type { ReferenceKernel, Numbers } from './kernel.ts';

/** Visits every index: its value and where it lies in row-major order, and the same place in an operand without the axis. */
function eachIndex(
  name: string,
  indices: Numbers,
  { strides, offset }: Strided,
  axis: number,
  length: number,
  visit: (place: number, at: number) => void,
): void {
  const walk = new Walk(indices.shape, [indices.strides, strides.with(axis, 0)], [indices.offset, offset]);
  const size = sizeOf(indices.shape);
  const [step, placeStep] = walk.steps as [number, number];
  for (let at = 0; at < size; at += walk.run, walk.next()) {
    for (let k = 0; k < walk.run; k++) {
      const index = indices.array[walk.offsets[0]! + k * step]!;
      if (index < 0 || index >= length) refuse(name, indices, at + k, index, axis, length);
      visit(walk.offsets[1]! + k * placeStep + index * strides[axis]!, at + k);
    }
  }
}

function refuse(name: string, indices: Numbers, at: number, index: number, axis: number, length: number): never {
  const position = rowMajor(indices.shape).map((stride, own) => Math.floor(at / stride) % indices.shape[own]!);
  throw new ShapeError(
    `${name}: index ${index} at ${showShape(position)} is out of bounds for axis ${axis} with size ${length}. ` +
      `Check x.shape.`,
  );
}

export const gather: ReferenceKernel<GatherOperation> = (_, [from, indices], { axis }, shape, dtype) => {
  const result = blank(shape, dtype);
  eachIndex('gather', indices!, from!, axis, from!.shape[axis]!, (place, at) => {
    result.array[at] = from!.array[place]!;
  });
  return result;
};

export const scatter: ReferenceKernel<ScatterOperation> = (_, [to, indices, source], { axis }, shape, dtype) => {
  const result = blank(shape, dtype);
  copyInto(result, to!, shape);
  const added = packed(source!, source!.shape, source!.dtype);
  eachIndex('scatterAdd', indices!, result, axis, shape[axis]!, (place, at) => {
    result.array[place]! += added[at]!;
  });
  return result;
};
