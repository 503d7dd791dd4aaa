import type { Reading, ReduceKernel } from '../loops/kernel.ts';
import type { Context } from './context.ts';
import { writeDouble } from './doubles.ts';
import type { FunctionBody } from './function-body.ts';
import { Nest, type Track } from './nest.ts';
import { axesOf } from './reduce-axes.ts';

/** Writes loops that fold elements of any dtype along axes, number by number. */
export function writeReduceInDoubles(f: FunctionBody, context: Context, kernel: ReduceKernel, rows: number): void {
  const { operation, to, value } = kernel;
  const { reads, lengths, rank, tracks } = axesOf(kernel);
  const sources = new Map<Reading, Track>();
  for (let at = 0; at < reads.length; at++) sources.set(reads[at]!, tracks[at]!);
  const nest = new Nest(f, context, lengths, tracks, rows);
  nest.enter(0, rank);
  const result = f.local('f64');
  f.f64(operation.initial ?? (operation.name === 'max' ? -Infinity : Infinity)).set(result);
  nest.enter(rank, lengths.length);
  context.scalarLaw(f, operation.combine, to.dtype, () => {
    f.get(result);
    writeDouble(f, context, value, (reading) => nest.loadDouble(sources.get(reading)!));
  });
  f.set(result);
  nest.leave(rank, lengths.length);
  nest.storeDouble(tracks[reads.length]!, result);
  nest.leave(0, rank);
}
