import type { MapKernel } from '../loops/kernel.ts';
import { type Tracks, tracksOver } from './nest.ts';

/** The tracks of all that a map reads and stores. */
export function tracksOf({ shape, stores }: MapKernel): Tracks {
  return tracksOver(shape, [...new Set(stores.flatMap(({ reads, to }) => [...reads, to]))]);
}
