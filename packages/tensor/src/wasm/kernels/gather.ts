import { type GatherKernel, type StridedView, type ScatterKernel, fixedAlong, whole } from '../../loops/ir.ts';
import type { FunctionBody } from '../assembler/function-body.ts';
import * as op from '../assembler/opcode.ts';
import { i32 } from '../assembler/opcode.ts';
import { type Context, widthOf } from '../context.ts';
import { enter, leave, loadDouble, type LoopNest, nestOver, putElement, collapseOver } from '../loop-nest.ts';

/**
 * Writes loops over indices, each of which picks an element along an axis, and is refused where it is out of range.
 *
 * @param all    where elements are picked from
 * @param other  what lies beside the indices
 * @param write  carries out what is done with a picked element: `pick` puts its address on the stack, and gives the
 *   offset to add to it
 */
function overPicked(
  f: FunctionBody,
  context: Context,
  kernel: GatherKernel | ScatterKernel,
  rows: number,
  all: StridedView,
  other: StridedView,
  write: (nest: LoopNest, pick: () => number) => void,
): void {
  const { shape, axis, length, indices } = kernel;
  const stride = all.strides[axis]!;
  const start = fixedAlong(all, axis);
  const nest = nestOver(f, context, collapseOver(shape, [start, indices, other]), rows);
  const rank = nest.lengths.length;
  const chosen = f.local(i32);
  enter(nest, 0, rank);
  f.memory(op.i32_load, putElement(nest, indices)).set(chosen);
  write(nest, () => {
    f.do(op.i32_ge_u, chosen, length).if();
    context.refuse(f, kernel, chosen);
    f.end();
    const added = putElement(nest, start);
    f.do(op.i32_mul, chosen, stride * widthOf(all.buffer.dtype)).do(op.i32_add);
    // Backwards along the axis: instructions can only add to an address that is none below 0.
    if (stride >= 0) return added;
    f.plus(added);
    return 0;
  });
  leave(nest, 0, rank);
}

/** Elements picked by index along one axis. */
export function writeGather(f: FunctionBody, context: Context, kernel: GatherKernel, rows: number): void {
  const { shape, from, to } = kernel;
  const result = whole(to, shape);
  overPicked(f, context, kernel, rows, from, result, (nest, pick) => {
    const into = putElement(nest, result);
    const where = pick();
    if (widthOf(to.dtype) === 8) f.memory(op.f64_load, where).memory(op.f64_store, into);
    else f.memory(op.i32_load, where).memory(op.i32_store, into);
  });
}

/** Elements added to buffers picked by index along one axis. */
export function writeScatter(f: FunctionBody, context: Context, kernel: ScatterKernel, rows: number): void {
  const { source, to } = kernel;
  const { dtype } = to.buffer;
  overPicked(f, context, kernel, rows, to, source, (nest, pick) => {
    const address = f.local(i32);
    f.plus(pick()).tee(address).get(address);
    if (dtype === 'float64') f.memory(op.f64_load);
    else if (dtype === 'float32') f.memory(op.f32_load).do(op.f64_promote_f32);
    else f.memory(op.i32_load);
    loadDouble(nest, source, dtype);
    if (dtype === 'float64') f.do(op.f64_add).memory(op.f64_store);
    else if (dtype === 'float32') f.do(op.f64_add).do(op.f32_demote_f64).memory(op.f32_store);
    // Whole numbers wrap.
    else f.do(op.i32_trunc_sat_f64_s).do(op.i32_add).memory(op.i32_store);
  });
}
