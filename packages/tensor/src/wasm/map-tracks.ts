import type { MapKernel } from '../loops/kernel.ts';
import { type Tracks, tracksOver } from './nest.ts';

/** The tracks of all that a map reads and stores. */
export function tracksOf({ shape, stores }: MapKernel): Tracks {
  return tracksOver(shape, [
    ...stores.flatMap(({ reads }) => reads.map(({ lens }) => lens)),
    ...stores.map(({ to }) => to),
  ]);
}
