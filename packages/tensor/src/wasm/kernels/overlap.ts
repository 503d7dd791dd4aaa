import type { OverlapKernel } from '../../loops/ir.ts';
import type { FunctionBody } from '../assembler/function-body.ts';
import * as op from '../assembler/opcode.ts';
import { f64, v128 } from '../assembler/opcode.ts';
import type { Context } from '../context.ts';
import { collapseOver, enter, leave, loadDouble, nestOver, overVectors, storeDouble, vectorAt } from '../loop-nest.ts';
import { loadLanes, storeLanes } from '../vector-memory.ts';

/**
 * Adds overlapping windows up, one position of the window after another: the elements of one vector are apart in the
 * result, so each is loaded, added to and stored once.
 */
export function writeOverlap(f: FunctionBody, context: Context, kernel: OverlapKernel, rows: number): void {
  const { shape, from, to } = kernel;
  const nest = nestOver(f, context, collapseOver(shape, [from, to]), rows);
  const rank = nest.lengths.length;
  const { dtype } = to.buffer;
  if (dtype === 'float64') {
    const sum = f.local(f64);
    enter(nest, 0, rank);
    loadDouble(nest, to);
    loadDouble(nest, from);
    f.do(op.f64_add).set(sum);
    storeDouble(nest, to, sum);
    leave(nest, 0, rank);
    return;
  }
  const sum = f.local(v128);
  overVectors(nest, rank, [1], false, (_, lanes) => {
    const into = vectorAt(nest, to, rank - 1, 0, lanes);
    loadLanes(f, into);
    loadLanes(f, vectorAt(nest, from, rank - 1, 0, lanes));
    f.do(dtype === 'float32' ? op.f32x4_add : op.i32x4_add).set(sum);
    storeLanes(f, into, sum);
  });
}
