import type { OverlapKernel } from '../../loops/ir.ts';
import { elementwise } from '../../operations/elementwise.ts';
import type { FunctionBody } from '../assembler/function-body.ts';
import { v128 } from '../assembler/opcode.ts';
import type { Context } from '../context.ts';
import { instructionOf } from '../instructions.ts';
import { collapseOver, nestOver, overVectors, vectorAt } from '../loop-nest.ts';
import { lanesOf, loadLanes, storeLanes } from '../vector-memory.ts';

/**
 * Adds overlapping windows, one element of the window after another. The elements of one vector then have different
 * positions in the result, so each is loaded, added to and stored once.
 */
export function writeOverlap(f: FunctionBody, context: Context, kernel: OverlapKernel, rows: number): void {
  const { shape, from, to } = kernel;
  const nest = nestOver(f, context, collapseOver(shape, [from, to]), rows);
  const rank = nest.lengths.length;
  const { dtype } = to.buffer;
  const sum = f.local(v128);
  overVectors(nest, rank, lanesOf(dtype), [1], false, (_, lanes) => {
    const into = vectorAt(nest, to, rank - 1, 0, lanes);
    loadLanes(f, into);
    loadLanes(f, vectorAt(nest, from, rank - 1, 0, lanes));
    f.do(instructionOf(elementwise.add, dtype)).set(sum);
    storeLanes(f, into, sum);
  });
}
