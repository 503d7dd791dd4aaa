import { readsOf, type ReduceKernel } from '../loops/kernel.ts';
import type { Lens } from '../loops/lens.ts';
import { otherAxes, reducedShape } from '../shape.ts';
import { rowMajor } from '../strided.ts';
import { type Tracks, tracksOver } from './nest.ts';

/** Longer rows are folded along themselves, four lanes at a time; of shorter ones four are folded side by side. */
const longRow = 16;

/** So many vectors of results are folded side by side in one pass, or of partial results along a row. */
export const vectors = 4;

/** The axes of a reduction, and what is read and written along them. */
export interface ReduceAxes {
  /** Over the kept axes, `rank` of them, then over the folded ones. */
  readonly tracks: Tracks;
  readonly rank: number;
  readonly output: Lens;
  /** Are rows folded along themselves? */
  readonly foldsAlong: boolean;
  /** Are several vectors of rows folded side by side? */
  readonly wide: boolean;
}

export function axesOf({ shape, axes, value, to }: ReduceKernel): ReduceAxes {
  const kept = otherAxes(shape, axes);
  // It stands still along the folded axes, so that none of them is joined with a kept one.
  const strides = rowMajor(reducedShape(shape, axes, true));
  const output = { place: to, strides: strides.map((stride, axis) => (axes.includes(axis) ? 0 : stride)), offset: 0 };
  const tracks = tracksOver(shape, [...readsOf(value), output], 0, [...kept, ...axes]);
  const { lengths } = tracks;
  const rank = tracks.strides.get(output)!.filter((stride) => stride !== 0).length;
  const row = lengths.at(-1) ?? 1;
  const lies = [...tracks.strides.values()].every((along) => Math.abs(along.at(-1) ?? 0) <= 1);
  const near = lies || rank === 0 || lengths[rank - 1]! < 4;
  return {
    tracks,
    rank,
    output,
    foldsAlong: lengths.length > rank && row >= longRow && near,
    // Where few elements are folded, the next vectors need not wait for the last.
    wide: row >= longRow || lengths.length > rank + 1,
  };
}

/** How many rows are folded together: portions of them must be multiples of it. */
export function rowsTogether(kernel: ReduceKernel): number {
  const { rank, foldsAlong, wide } = axesOf(kernel);
  return rank === 1 && !foldsAlong && wide ? 4 * vectors : 4;
}
