import type { DType, TypedArray } from '../dtype.ts';
import type { ConvolutionOperation } from '../operation.ts';
import { type Shape, sizeOf } from '../shape.ts';
import { blank, copyInto, packed, rowMajor, sliced, type Strided, windowed } from '../strided.ts';
import { type Numbers, operandsFor, type ReferenceKernel } from './kernel.ts';
import { multiplyMatrices } from './matmul.ts';

/** For each sample and group: the filters as a matrix, times the windows as columns. */
export const convolution: ReferenceKernel<ConvolutionOperation> = (_, inputs, settings, shape, dtype) => {
  const [x, w] = operandsFor(dtype, inputs) as [Numbers, Numbers];
  const { strides: steps, dilations, padding } = settings;
  const [samples, groups, outputs, ...positions] = shape as [number, number, number, ...number[]];
  const [, , channels, ...sizes] = w.shape as [number, number, number, ...number[]];
  const axes = steps.map((_step, at) => at + 3);
  const ends = [[0, 0] as const, [0, 0] as const, [0, 0] as const, ...padding];
  const windows = windowed(padded(x, ends), { axes, steps, dilations });
  const [between, ...strides] = windows.strides as [number, ...number[]];
  const order = [0, 1, ...axes.map((axis) => axis + axes.length - 1), ...axes.map((axis) => axis - 1)];
  const columns = [groups, channels, ...sizes, ...positions];
  const depth = sizeOf([channels, ...sizes]);
  const area = sizeOf(positions);
  const filters = matrices(packed(w, w.shape, w.dtype), [groups, outputs, depth], w.dtype);
  const result = blank(shape, dtype);
  const laid = blank(columns, x.dtype);
  for (let sample = 0; sample < samples; sample++) {
    const from = {
      ...windows,
      strides: order.map((axis) => strides[axis]!),
      offset: windows.offset + sample * between,
    };
    copyInto(laid, from, columns);
    const factor = matrices(laid.array, [groups, depth, area], x.dtype);
    const { array } = multiplyMatrices([filters, factor], [groups, outputs, area], dtype);
    result.array.set(array as never, sample * array.length);
  }
  return result;
};

/** Numbers in row-major order as matrices. */
function matrices(array: TypedArray, shape: Shape, dtype: DType): Numbers {
  return { array, shape, dtype, strides: rowMajor(shape), offset: 0 };
}

/** The elements with zeros before and after along each axis, or without those that are cut off. */
function padded(x: Numbers, padding: readonly (readonly [number, number])[]): Strided {
  if (padding.every(([before, after]) => before === 0 && after === 0)) return x;
  const room = blank(
    x.shape.map((length, axis) => length + padding[axis]![0] + padding[axis]![1]),
    x.dtype,
  );
  const steps = x.shape.map(() => 1);
  const kept = x.shape.map((length, axis) => length + Math.min(padding[axis]![0], 0) + Math.min(padding[axis]![1], 0));
  const from = sliced(
    x,
    padding.map(([before]) => Math.max(-before, 0)),
    steps,
  );
  const to = sliced(
    room,
    padding.map(([before]) => Math.max(before, 0)),
    steps,
  );
  copyInto(to, from, kept);
  return room;
}
