import { ShapeError } from '../errors.ts';
import type { GatherOperation, ScatterOperation } from '../operation.ts';
import { showShape, sizeOf } from '../shape.ts';
import { blank, copyInto, packed, rowMajor, type Strided, Walk } from '../strided.ts';
import { type Numbers, operandsFor, type ReferenceKernel } from './kernel.ts';

/**
 * Visits the elements that indices select, in runs that share one index. With `take` of rows, a run is a row.
 *
 * @param visit  gets the position of a run in row-major order, its length, and its index and step in the operand
 */
function eachRun(
  name: string,
  indices: Numbers,
  { strides, offset }: Strided,
  axis: number,
  length: number,
  visit: (at: number, count: number, from: number, fromStep: number) => void,
): void {
  const walk = new Walk(indices.shape, [indices.strides, strides.with(axis, 0)], [indices.offset, offset]);
  const size = sizeOf(indices.shape);
  const [step, fromStep] = walk.steps as [number, number];
  const count = step === 0 ? walk.run : 1;
  for (let at = 0; at < size; at += walk.run, walk.next()) {
    for (let k = 0; k < walk.run; k += count) {
      const index = indices.array[walk.offsets[0]! + k * step]!;
      if (index < 0 || index >= length) refuse(name, indices, at + k, index, axis, length);
      visit(at + k, count, walk.offsets[1]! + k * fromStep + index * strides[axis]!, fromStep);
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
  const [{ array }, numbers] = [result, from!.array];
  eachRun('gather', indices!, from!, axis, from!.shape[axis]!, (at, count, start, step) => {
    if (step === 1 && count > 1) array.set(numbers.subarray(start, start + count), at);
    else for (let k = 0; k < count; k++) array[at + k] = numbers[start + k * step]!;
  });
  return result;
};

export const scatter: ReferenceKernel<ScatterOperation> = (_, [to, indices, source], { axis }, shape, dtype) => {
  const result = blank(shape, dtype);
  copyInto(result, to!, shape);
  const [operand] = operandsFor(dtype, [source!]);
  const added = packed(operand!, operand!.shape, operand!.dtype);
  const { array } = result;
  eachRun('scatterAdd', indices!, result, axis, shape[axis]!, (at, count, start, step) => {
    for (let k = 0; k < count; k++) array[start + k * step]! += added[at + k]!;
  });
  return result;
};
