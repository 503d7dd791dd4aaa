import type { MapKernel } from '../loops/kernel.ts';
import type { Context } from './context.ts';
import { writeDouble } from './doubles.ts';
import type { FunctionBody } from './function-body.ts';
import { loopOf } from './map-loop.ts';

/** Writes loops that compute and store values of any dtype, number by number. */
export function writeMapInDoubles(f: FunctionBody, context: Context, kernel: MapKernel, rows: number): void {
  const { stores, lengths, nest, sources, targets } = loopOf(f, context, kernel, rows);
  nest.enter(0, lengths.length);
  const result = f.local('f64');
  stores.forEach(({ value }, at) => {
    writeDouble(f, context, value, (reading) => nest.loadDouble(sources.get(reading)!));
    f.set(result);
    nest.storeDouble(targets[at]!, result);
  });
  nest.leave(0, lengths.length);
}
