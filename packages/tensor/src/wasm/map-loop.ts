import type { MapKernel, Reading } from '../loops/kernel.ts';
import type { Context } from './context.ts';
import type { FunctionBody } from './function-body.ts';
import { Nest, type Track, tracksOver } from './nest.ts';

/** A map that is being written: what its expressions read and its stores write, as tracks of a nest. */
export interface Loop {
  readonly f: FunctionBody;
  readonly context: Context;
  readonly stores: MapKernel['stores'];
  readonly lengths: readonly number[];
  readonly nest: Nest;
  readonly sources: ReadonlyMap<Reading, Track>;
  readonly targets: readonly Track[];
}

export function loopOf(f: FunctionBody, context: Context, { shape, stores }: MapKernel, rows: number): Loop {
  const reads = stores.flatMap((store) => store.reads);
  const { lengths, tracks } = tracksOver(shape, [...reads.map(({ lens }) => lens), ...stores.map(({ to }) => to)]);
  const sources = new Map(reads.map((reading, at) => [reading, tracks[at]!]));
  const nest = new Nest(f, context, lengths, tracks, rows);
  return { f, context, stores, lengths, nest, sources, targets: tracks.slice(reads.length) };
}
