import type { GatherKernel, ScatterKernel } from '../loops/kernel.ts';
import type { Lens } from '../loops/lens.ts';
import { type Context, widthOf } from './context.ts';
import type { FunctionBody } from './function-body.ts';
import { Nest, type Track, tracksOver } from './nest.ts';
import * as op from './opcode.ts';

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
  write: (nest: Nest, other: Track, pick: () => number) => void,
): void {
  const { shape, axis, length, indices } = kernel;
  const stride = all.strides[axis]!;
  const { lengths, tracks } = tracksOver(shape, [{ ...all, strides: all.strides.with(axis, 0) }, indices, other]);
  const [picked, index, beside] = tracks as [Track, Track, Track];
  const nest = new Nest(f, context, lengths, tracks, rows);
  const chosen = f.local('i32');
  nest.enter(0, lengths.length);
  f.memory(op.i32_load, nest.address(index)).set(chosen);
  write(nest, beside, () => {
    f.do(op.i32_ge_u, chosen, length).if();
    context.refuse(f, kernel, chosen);
    f.end();
    const added = nest.address(picked);
    f.do(op.i32_mul, chosen, stride * widthOf(all.place.dtype)).do(op.i32_add);
    // Backwards along the axis: instructions can only add to an address that is none below 0.
    if (stride >= 0) return added;
    f.plus(added);
    return 0;
  });
  nest.leave(0, lengths.length);
}
