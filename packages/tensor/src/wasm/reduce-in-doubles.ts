import type { ReduceKernel } from '../loops/kernel.ts';
import type { Context } from './context.ts';
import { writeDouble } from './doubles.ts';
import type { FunctionBody } from './function-body.ts';
import { Nest } from './nest.ts';
import { axesOf } from './reduce-axes.ts';

/** Writes loops that fold elements of any dtype along axes, number by number. */
export function writeReduceInDoubles(f: FunctionBody, context: Context, kernel: ReduceKernel, rows: number): void {
  const { operation, to, value } = kernel;
  const { tracks, rank, output } = axesOf(kernel);
  const all = tracks.lengths.length;
  const nest = new Nest(f, context, tracks, rows);
  nest.enter(0, rank);
  const result = f.local('f64');
  f.f64(operation.initial ?? (operation.name === 'max' ? -Infinity : Infinity)).set(result);
  nest.enter(rank, all);
  context.laws.write(f, operation.combine, to.dtype, () => {
    f.get(result);
    writeDouble(f, context, value, nest);
  });
  f.set(result);
  nest.leave(rank, all);
  nest.storeDouble(output, result);
  nest.leave(0, rank);
}
