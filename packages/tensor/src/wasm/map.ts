import type { MapKernel } from '../loops/kernel.ts';
import type { Context } from './context.ts';
import type { FunctionBody } from './function-body.ts';
import { tracksOf } from './map-tracks.ts';
import { each, enter, lanesOf, leave, nestOver, type Tracks } from './nest.ts';
import { writeStores } from './stores.ts';
import { overVectors } from './vectors.ts';

/** Runs shorter than this waste lanes: four rows are then worked on together. */
const shortRun = 8;

/** Writes loops that compute and store values element by element, four lanes at a time. */
export function writeMap(f: FunctionBody, context: Context, kernel: MapKernel, rows: number): void {
  const { stores } = kernel;
  const tracks = tracksOf(kernel);
  const nest = nestOver(f, context, tracks, rows);
  const { lengths } = tracks;
  const last = lengths.length - 1;
  const run = lengths[last] ?? 1;
  if (run < shortRun && last > 0 && lengths[last - 1]! >= 4) {
    // Of rows that are shorter than a few vectors, four are as many vectors as they have columns.
    const row = last - 1;
    enter(nest, 0, row);
    each(nest, row, 4, () => {
      for (let first = 0; first < 4 * run; first += 4) writeVector(first, 4, run);
    });
    each(nest, row, 1, () => each(nest, last, 1, () => writeVector(0, 1)));
    leave(nest, 0, row);
  } else {
    const beyond = last === 0 && endsInVector(kernel, tracks);
    overVectors(nest, last + 1, [1], beyond, (_, lanes) => writeVector(0, lanes));
  }

  /**
   * Computes and stores up to four lanes from the present element on.
   *
   * @param first   how many elements after the present one they begin
   * @param count   how many there are
   * @param length  after how many elements the next row begins
   */
  function writeVector(first: number, count: number, length?: number): void {
    // The loop that all time is spent in has its formulas written out.
    const inline = count === 4 && length === undefined;
    writeStores(f, context, stores, inline, (lens) => lanesOf(nest, lens, last, first, count, length));
  }
}

/** Are only whole places written? Their last vector may be written in full; reading further than that does no harm. */
function endsInVector({ stores }: MapKernel, { lengths, strides }: Tracks): boolean {
  for (const along of strides.values()) if (along[0] !== 0 && along[0] !== 1) return false;
  return stores.every(({ to }) => strides.get(to)![0] === 1 && to.offset === 0 && to.place.size === lengths[0]);
}
