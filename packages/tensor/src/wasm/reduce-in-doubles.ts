import type { ReduceKernel } from '../loops/kernel.ts';
import type { Context } from './context.ts';
import { writeDouble } from './doubles.ts';
import type { FunctionBody } from './function-body.ts';
import { enter, leave, nestOver, storeDouble } from './nest.ts';
import { axesOf } from './reduce-axes.ts';
import { callLaw } from './scalar-laws.ts';
import { f64 } from './value-type.ts';

/** Writes loops that fold elements of any dtype along axes, number by number. */
export function writeReduceInDoubles(f: FunctionBody, context: Context, kernel: ReduceKernel, rows: number): void {
  const { operation, to, value } = kernel;
  const { tracks, rank, output } = axesOf(kernel);
  const all = tracks.lengths.length;
  const nest = nestOver(f, context, tracks, rows);
  enter(nest, 0, rank);
  const result = f.local(f64);
  f.f64(operation.initial ?? (operation.name === 'max' ? -Infinity : Infinity)).set(result);
  enter(nest, rank, all);
  callLaw(f, context.laws, operation.combine, to.dtype, () => {
    f.get(result);
    writeDouble(f, context, value, nest);
  });
  f.set(result);
  leave(nest, rank, all);
  storeDouble(nest, output, result);
  leave(nest, 0, rank);
}
