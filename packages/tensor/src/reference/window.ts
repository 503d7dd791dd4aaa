import type { OverlapOperation, WindowSettings } from '../operation.ts';
import { sizeOf } from '../shape.ts';
import { blank, Walk, windowed } from '../strided.ts';
import type { ReferenceKernel } from './kernel.ts';

/**
 * The order of the axes in which windows are added: other axes first, then the elements of a window, then its positions.
 * Along a run, each element then has another position in the result.
 */
export function overlapOrder(rank: number, { axes }: WindowSettings): readonly number[] {
  const others = Array.from({ length: rank }, (_, axis) => axis).filter((axis) => !axes.includes(axis));
  return [...others, ...axes.map((_, at) => rank + at), ...axes.toSorted((a, b) => a - b)];
}

export const overlapAdd: ReferenceKernel<OverlapOperation> = (_, [input], settings, shape, dtype) => {
  const result = blank(shape, dtype);
  const to = windowed(result, settings);
  const order = overlapOrder(shape.length, settings);
  const ordered = (list: readonly number[]): readonly number[] => order.map((axis) => list[axis]!);
  const walk = new Walk(ordered(input!.shape), [ordered(input!.strides), ordered(to.strides)], [input!.offset, 0]);
  const [step, toStep] = walk.steps as [number, number];
  for (let left = sizeOf(input!.shape); left > 0; left -= walk.run, walk.next()) {
    let [at, toAt] = walk.offsets as [number, number];
    for (let k = 0; k < walk.run; k++, at += step, toAt += toStep) result.array[toAt]! += input!.array[at]!;
  }
  return result;
};
