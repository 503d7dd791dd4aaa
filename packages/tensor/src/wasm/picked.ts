import type { GatherKernel, ScatterKernel } from '../loops/kernel.ts';
import { type Context, widthOf } from './context.ts';
import type { FunctionBody, Local } from './function-body.ts';
import type { Nest, Track } from './nest.ts';
import * as op from './opcode.ts';

/**
 * Puts the address of an element picked by index along an axis on the stack, refusing indices that are out of range, and
 * gives the offset to add to it.
 *
 * @param stride  of that axis, in elements
 */
export function writePicked(
  f: FunctionBody,
  context: Context,
  nest: Nest,
  picked: Track,
  stride: number,
  index: Local,
  kernel: GatherKernel | ScatterKernel,
): number {
  f.get(index).i32(kernel.length).do(op.i32_ge_u).if();
  context.refuse(f, kernel, index);
  f.end();
  const added = nest.address(picked);
  f.get(index)
    .i32(stride * widthOf(picked.lens.place.dtype))
    .do(op.i32_mul)
    .do(op.i32_add);
  // Backwards along the axis: instructions can only add to an address that is none below 0.
  if (stride >= 0) return added;
  f.plus(added);
  return 0;
}
