import { type GatherKernel, type StridedView, type ScatterKernel, fixedAlong, whole } from '../../loops/ir.ts';
import type { FunctionBody } from '../assembler/function-body.ts';
import * as op from '../assembler/opcode.ts';
import { i32 } from '../assembler/opcode.ts';
import { type Context, widthOf } from '../context.ts';
import { enter, leave, loadDouble, type LoopNest, nestOver, putElement, collapseOver } from '../loop-nest.ts';

/** Runs of at least as many elements are copied at once. */
const longRun = 16;

/**
 * Writes loops over indices, each of which selects an element along an axis. An index out of bounds is refused.
 *
 * @param all    the elements to select from
 * @param other  another view of the shape of the indices
 * @param write  writes what is done with a selected element. `select` puts its address on the stack, and returns the offset
 *   to add to it. The `run` elements from there on are selected
 * @param inRuns  whether contiguous elements that share an index are selected together
 */
function overSelected(
  f: FunctionBody,
  context: Context,
  kernel: GatherKernel | ScatterKernel,
  rows: number,
  all: StridedView,
  other: StridedView,
  write: (nest: LoopNest, select: () => number, run: number) => void,
  inRuns = false,
): void {
  const { shape, axis, length, indices } = kernel;
  const stride = all.strides[axis]!;
  const start = fixedAlong(all, axis);
  const collapsed = collapseOver(shape, [start, indices, other]);
  const nest = nestOver(f, context, collapsed, rows);
  const last = nest.lengths.length - 1;
  const strideOf = (view: StridedView): number | undefined => collapsed.strides.get(view)![last];
  const contiguous = last > 0 && strideOf(indices) === 0 && strideOf(start) === 1 && strideOf(other) === 1;
  const run = inRuns && contiguous && nest.lengths[last]! >= longRun;
  const rank = run ? last : last + 1;
  const index = f.local(i32);
  enter(nest, 0, rank);
  f.memory(op.i32_load, putElement(nest, indices)).set(index);
  write(
    nest,
    () => {
      f.do(op.i32_ge_u, index, length).if();
      context.refuse(f, kernel, index);
      f.end();
      const added = putElement(nest, start);
      f.do(op.i32_mul, index, stride * widthOf(all.buffer.dtype)).do(op.i32_add);
      // With a negative stride the address without the offset may be below 0, so the offset is added here.
      if (stride >= 0) return added;
      f.plus(added);
      return 0;
    },
    run ? nest.lengths[last]! : 1,
  );
  leave(nest, 0, rank);
}

/** Writes loops that copy elements selected along one axis. */
export function writeGather(f: FunctionBody, context: Context, kernel: GatherKernel, rows: number): void {
  const { shape, from, to } = kernel;
  const result = whole(to, shape);
  const copy = (nest: LoopNest, select: () => number, run: number): void => {
    const into = putElement(nest, result);
    if (run > 1) {
      f.plus(into).plus(select());
      f.i32(run * widthOf(to.dtype))
        .do(op.memory_copy)
        .with(0, 0);
      return;
    }
    const added = select();
    if (widthOf(to.dtype) === 8) f.memory(op.f64_load, added).memory(op.f64_store, into);
    else f.memory(op.i32_load, added).memory(op.i32_store, into);
  };
  overSelected(f, context, kernel, rows, from, result, copy, true);
}

/** Writes loops that add elements to those selected along one axis. */
export function writeScatter(f: FunctionBody, context: Context, kernel: ScatterKernel, rows: number): void {
  const { source, to } = kernel;
  const { dtype } = to.buffer;
  overSelected(f, context, kernel, rows, to, source, (nest, select) => {
    const address = f.local(i32);
    f.plus(select()).tee(address).get(address);
    if (dtype === 'float64') f.memory(op.f64_load);
    else if (dtype === 'float32') f.memory(op.f32_load).do(op.f64_promote_f32);
    else {
      // Integers wrap. What is added to them is int32 or bool, which are words of 32 bits.
      f.memory(op.i32_load);
      f.memory(op.i32_load, putElement(nest, source)).do(op.i32_add).memory(op.i32_store);
      return;
    }
    loadDouble(nest, source, dtype);
    f.do(op.f64_add);
    if (dtype === 'float64') f.memory(op.f64_store);
    else f.do(op.f32_demote_f64).memory(op.f32_store);
  });
}
