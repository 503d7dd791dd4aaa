import type { DType } from '../src/index.ts';
import { rowMajor, type Strided } from '../src/strided.ts';
import { allocate } from '../src/dtype.ts';
import { Tensor } from '../src/tensor.ts';
import type { Sample, SampleInput } from './samples.ts';

/** The ways in which the same numbers may lie in memory. */
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

const placeOf = (position: readonly number[], strides: readonly number[], offset: number): number =>
  position.reduce((place, index, axis) => place + index * strides[axis]!, offset);

/** The input as a broadcast axis shows it: what is first along the axis is everywhere along it. */
export function repeated(input: SampleInput, axis: number): SampleInput {
  const strides = rowMajor(input.shape);
  return {
    ...input,
    values: positions(input.shape).map((position) => input.values[placeOf(position.with(axis, 0), strides, 0)]!),
  };
}

/** The axis of an input along which the broadcast layout of a sample repeats, if it has a long one. */
export function repeatedAxis({ shape }: SampleInput, { repeat, distinct }: Sample): number | undefined {
  if (distinct !== undefined) return undefined;
  const axis = repeat ?? shape.findIndex((length) => length > 1);
  return axis >= 0 && axis < shape.length && shape[axis]! > 1 ? axis : undefined;
}

/** Strides, offset and length of an array for a shape: what is not an element is filled with something conspicuous. */
function placement(
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
 * A tensor whose numbers lie in memory as the layout has them. In the broadcast layout `input` must already repeat
 * along `axis`.
 */
export function laidOut(
  { shape, values }: SampleInput,
  dtype: DType,
  layout: Layout,
  axis: number | undefined,
): Tensor {
  const { strides, offset, length } = placement(shape, layout, axis);
  // Reading a gap shows: as NaN, as an index that does not exist, as a true among falses.
  const array = allocate(dtype, length).fill(dtype === 'int32' ? 1_000_003 : dtype === 'bool' ? 1 : NaN);
  positions(shape).forEach((position, at) => {
    array[placeOf(position, strides, offset)] = values[at]!;
  });
  const numbers: Strided = { array, strides, offset };
  return new Tensor(shape, dtype, numbers);
}
