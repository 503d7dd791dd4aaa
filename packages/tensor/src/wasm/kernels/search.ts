import type { SearchKernel } from '../../loops/ir.ts';
import { otherAxes, reducedShape } from '../../shape.ts';
import { rowMajor } from '../../strided.ts';
import type { FunctionBody } from '../assembler/function-body.ts';
import * as op from '../assembler/opcode.ts';
import { f64, i32 } from '../assembler/opcode.ts';
import type { Context } from '../context.ts';
import { enter, leave, loadDouble, nestOver, putElement, collapseOver } from '../loop-nest.ts';

/** Writes loops that find the extreme element along one axis: the first of equals, or the first NaN. */
export function writeSearch(
  f: FunctionBody,
  context: Context,
  { operation, shape, axis, from, to }: SearchKernel,
  rows: number,
): void {
  const kept = reducedShape(shape, [axis], false);
  const target = { buffer: to, strides: rowMajor(kept).toSpliced(axis, 0, 0), offset: 0 };
  const nest = nestOver(f, context, collapseOver(shape, [from, target], 1, [...otherAxes(shape, [axis]), axis]), rows);
  const rank = nest.lengths.length - 1;
  const [best, candidate] = [f.local(f64), f.local(f64)];
  const [found, index] = [f.local(i32), f.local(i32)];
  enter(nest, 0, rank);
  loadDouble(nest, from);
  f.set(best).i32(0).tee(found).set(index);
  enter(nest, rank, rank + 1);
  loadDouble(nest, from);
  f.set(candidate);
  // further in the order, or the first NaN
  f.do(operation.order === 'largest' ? op.f64_gt : op.f64_lt, candidate, best);
  f.do(op.f64_ne, candidate, candidate).do(op.f64_eq, best, best).do(op.i32_and).do(op.i32_or);
  f.if().get(candidate).set(best).get(index).set(found).end();
  f.move(index, 1);
  leave(nest, rank, rank + 1);
  const added = putElement(nest, target);
  f.get(found).memory(op.i32_store, added);
  leave(nest, 0, rank);
}
