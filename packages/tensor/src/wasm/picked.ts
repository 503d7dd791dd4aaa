import type { GatherKernel, ScatterKernel } from '../loops/kernel.ts';
import { type Lens, still } from '../loops/lens.ts';
import { type Context, widthOf } from './context.ts';
import type { FunctionBody } from './function-body.ts';
import { enter, leave, type Nest, nestOver, putElement, tracksOver } from './nest.ts';
import * as op from './opcode.ts';
import { i32 } from './value-type.ts';

/**
 * Writes loops over indices, each of which picks an element along an axis, and is refused where it is out of range.
 *
 * @param all    where elements are picked from
 * @param other  what lies beside the indices
 * @param write  carries out what is done with a picked element: `pick` puts its address on the stack, and gives the
 *   offset to add to it
 */
export function overPicked(
  f: FunctionBody,
  context: Context,
  kernel: GatherKernel | ScatterKernel,
  rows: number,
  all: Lens,
  other: Lens,
  write: (nest: Nest, pick: () => number) => void,
): void {
  const { shape, axis, length, indices } = kernel;
  const stride = all.strides[axis]!;
  const start = still(all, axis);
  const nest = nestOver(f, context, tracksOver(shape, [start, indices, other]), rows);
  const rank = nest.lengths.length;
  const chosen = f.local(i32);
  enter(nest, 0, rank);
  f.memory(op.i32_load, putElement(nest, indices)).set(chosen);
  write(nest, () => {
    f.do(op.i32_ge_u, chosen, length).if();
    context.refuse(f, kernel, chosen);
    f.end();
    const added = putElement(nest, start);
    f.do(op.i32_mul, chosen, stride * widthOf(all.place.dtype)).do(op.i32_add);
    // Backwards along the axis: instructions can only add to an address that is none below 0.
    if (stride >= 0) return added;
    f.plus(added);
    return 0;
  });
  leave(nest, 0, rank);
}
