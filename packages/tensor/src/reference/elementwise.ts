import type {
  ConcatOperation,
  ElementwiseOperation,
  IdentityOperation,
  PadOperation,
  RandomOperation,
  ViewOperation,
} from '../operation.ts';
import { sameShape, sizeOf } from '../shape.ts';
import { blank, broadcastStrides, copyInto, isRowMajor, packed, sliced, Walk } from '../strided.ts';
import { type Numbers, operandsFor, type ReferenceKernel } from './kernel.ts';

/** Runs the loop of an elementwise operation over broadcast inputs. */
export const elementwise: ReferenceKernel<ElementwiseOperation<never>> = (operation, inputs, _, shape, dtype) => {
  const result = blank(shape, dtype);
  const { array } = result;
  const size = array.length;
  const loop = operation.loopFor?.[dtype] ?? operation.loop;
  const operands = operandsFor(dtype, inputs);
  const a = operands[0]!;
  const b = operands[1] ?? a;
  const c = operands[2] ?? a;

  // One run is enough when every input is in the order of the result, or is a single number.
  const da = evenStep(a, size, shape);
  const db = b === a ? da : evenStep(b, size, shape);
  const dc = c === a ? da : evenStep(c, size, shape);
  const starts = [a.offset, b.offset, c.offset];
  const uneven = da < 0 || db < 0 || dc < 0;
  const strided = (input: Numbers) => broadcastStrides(input.strides, input.shape, shape);
  const walk = uneven ? new Walk(shape, [a, b, c].map(strided), starts) : undefined;
  const run = walk?.run ?? size;
  const offsets = walk?.offsets ?? starts;
  const [sa, sb, sc] = (walk?.steps ?? [da, db, dc]) as [number, number, number];
  for (let at = 0; at < size; at += run, walk?.next()) {
    loop(run, array, at, a.array, offsets[0]!, sa, b.array, offsets[1]!, sb, c.array, offsets[2]!, sc);
  }
  return result;
};

/** The step between the elements of an input in one run over the whole result; −1 where it is not constant. */
function evenStep(input: Numbers, size: number, shape: readonly number[]): number {
  if (sameShape(input.shape, shape) && isRowMajor(input.strides, input.shape)) return 1;
  return sizeOf(input.shape) === 1 && size > 0 ? 0 : -1;
}

/** Shares the array where strides give the view. Otherwise it copies the elements to row-major order first. */
export const view: ReferenceKernel<ViewOperation<never>> = (operation, [input], settings, _, dtype) => {
  const shared = operation.view(input!, input!.shape, settings);
  if (shared) return shared;
  const copy = blank(input!.shape, dtype);
  copyInto(copy, input!, input!.shape);
  return operation.view(copy, input!.shape, settings)!;
};

/** The first input. */
export const identity: ReferenceKernel<IdentityOperation> = (_, [input]) => input!;

export const pad: ReferenceKernel<PadOperation> = (_, [input], { starts, steps, value }, shape, dtype) => {
  const result = blank(shape, dtype);
  result.array.fill(value);
  copyInto(sliced(result, starts, steps), input!, input!.shape);
  return result;
};

export const concat: ReferenceKernel<ConcatOperation> = (_, inputs, { axis }, shape, dtype) => {
  const result = blank(shape, dtype);
  let offset = 0;
  for (const input of inputs) {
    copyInto({ ...result, offset }, input, input.shape);
    offset += input.shape[axis]! * result.strides[axis]!;
  }
  return result;
};

/** Random numbers from a counter. */
export const random: ReferenceKernel<RandomOperation> = (operation, [counter], _settings, shape, dtype) => {
  const result = blank(shape, dtype);
  const [seed, count] = packed(counter!, counter!.shape, counter!.dtype);
  operation.fill(result.array, seed!, count!);
  return result;
};
