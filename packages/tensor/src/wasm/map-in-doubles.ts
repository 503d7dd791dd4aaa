import type { MapKernel } from '../loops/kernel.ts';
import type { Context } from './context.ts';
import { writeDouble } from './doubles.ts';
import type { FunctionBody } from './function-body.ts';
import { tracksOf } from './map-tracks.ts';
import { enter, leave, nestOver, storeDouble } from './nest.ts';
import { f64 } from './value-type.ts';

/** Writes loops that compute and store values of any dtype, number by number. */
export function writeMapInDoubles(f: FunctionBody, context: Context, kernel: MapKernel, rows: number): void {
  const nest = nestOver(f, context, tracksOf(kernel), rows);
  const rank = nest.lengths.length;
  enter(nest, 0, rank);
  const result = f.local(f64);
  for (const { value, to } of kernel.stores) {
    writeDouble(f, context, value, nest);
    f.set(result);
    storeDouble(nest, to, result);
  }
  leave(nest, 0, rank);
}
