import type { DType } from '../src/index.ts';
import { rowMajor, type Strided } from '../src/strided.ts';
import { allocate } from '../src/dtype.ts';
import { Tensor } from '../src/tensor.ts';
import type { Sample, SampleInput } from './samples.ts';

/** The memory layouts that a tensor can have. */
export const layouts = ['contiguous', 'transposed', 'sliced', 'stepped', 'reversed', 'broadcast'] as const;

export type Layout = (typeof layouts)[number];

const sizeOf = (shape: readonly number[]): number => shape.reduce((size, length) => size * length, 1);

/** Every position of a shape in row-major order. */
function positions(shape: readonly number[]): number[][] {
  let all: number[][] = [[]];
  for (const length of shape) {
    all = all.flatMap((position) => Array.from({ length }, (_, index) => [...position, index]));
  }
  return all;
}

const flatIndex = (position: readonly number[], strides: readonly number[], offset: number): number =>
  position.reduce((place, index, axis) => place + index * strides[axis]!, offset);

/** The input with the first elements along an axis repeated along it, as a broadcast axis repeats them. */
export function repeated(input: SampleInput, axis: number): SampleInput {
  const strides = rowMajor(input.shape);
  return {
    ...input,
    values: positions(input.shape).map((position) => input.values[flatIndex(position.with(axis, 0), strides, 0)]!),
  };
}

/** The axis of an input along which the broadcast layout repeats elements; undefined if it has no axis of length 2 or more. */
export function repeatedAxis({ shape }: SampleInput, { repeat, distinct }: Sample): number | undefined {
  if (distinct !== undefined) return undefined;
  const axis = repeat ?? shape.findIndex((length) => length > 1);
  return axis >= 0 && axis < shape.length && shape[axis]! > 1 ? axis : undefined;
}

/** The strides, the offset and the length of the array of a tensor with a shape and a layout. */
function arrayLayout(
  shape: readonly number[],
  layout: Layout,
  axis: number | undefined,
): { strides: readonly number[]; offset: number; length: number } {
  const plain = { strides: rowMajor(shape), offset: 0, length: sizeOf(shape) };
  switch (layout) {
    case 'contiguous':
      return plain;
    case 'transposed':
      return { ...plain, strides: rowMajor(shape.toReversed()).toReversed() };
    case 'sliced': {
      const larger = shape.map((length) => length + 3);
      const strides = rowMajor(larger);
      return { strides, offset: strides.reduce((sum, stride) => sum + stride, 0) + 0, length: sizeOf(larger) };
    }
    case 'stepped': {
      const larger = shape.map((length) => 2 * length + 1);
      const strides = rowMajor(larger);
      return {
        strides: strides.map((stride) => 2 * stride),
        offset: strides.reduce((sum, stride) => sum + stride, 0),
        length: sizeOf(larger),
      };
    }
    case 'reversed': {
      const last = Math.max(plain.length - 1, 0);
      return { strides: plain.strides.map((stride) => -stride), offset: last, length: plain.length };
    }
    case 'broadcast': {
      if (axis === undefined) return plain;
      const strides = rowMajor(shape.with(axis, 1)).with(axis, 0);
      return { strides, offset: 0, length: sizeOf(shape.with(axis, 1)) };
    }
  }
}

/**
 * A tensor with a memory layout. For the broadcast layout the values of `input` must already repeat along `axis`.
 */
export function tensorWithLayout(
  { shape, values }: SampleInput,
  dtype: DType,
  layout: Layout,
  axis: number | undefined,
): Tensor {
  const { strides, offset, length } = arrayLayout(shape, layout, axis);
  // Unused elements hold values that show when they are read: NaN, an index out of bounds, true.
  const array = allocate(dtype, length).fill(dtype === 'int32' ? 1_000_003 : dtype === 'bool' ? 1 : NaN);
  positions(shape).forEach((position, at) => {
    array[flatIndex(position, strides, offset)] = values[at]!;
  });
  const numbers: Strided = { array, strides, offset };
  return new Tensor(shape, dtype, numbers);
}
