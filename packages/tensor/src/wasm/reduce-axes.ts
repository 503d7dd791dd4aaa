import { type Reading, readings, type ReduceKernel } from '../loops/kernel.ts';
import { rowMajor } from '../strided.ts';
import { type Track, tracksOver } from './nest.ts';

/** Longer rows are folded along themselves, four lanes at a time; of shorter ones four are folded side by side. */
const longRow = 16;

/** So many vectors of results are folded side by side in one pass, or of partial results along a row. */
export const vectors = 4;

/** The axes of a reduction, joined, and what is read and written along them. */
export interface ReduceAxes {
  /** Of the kept axes, `rank` of them, then of the folded ones. */
  readonly lengths: readonly number[];
  readonly rank: number;
  readonly tracks: readonly Track[];
  readonly sources: ReadonlyMap<Reading, Track>;
  readonly output: Track;
  /** Are rows folded along themselves? */
  readonly foldsAlong: boolean;
  /** Are several vectors of rows folded side by side? */
  readonly wide: boolean;
}

export function axesOf({ shape, axes, value, to }: ReduceKernel): ReduceAxes {
  const kept = [...shape.keys()].filter((axis) => !axes.includes(axis));
  const pick = (all: readonly number[], some: readonly number[]): number[] => some.map((axis) => all[axis]!);
  const order = [...kept, ...axes];
  const reads = readings(value);
  const { lengths, tracks } = tracksOver(pick(shape, order), [
    ...reads.map(({ lens }) => ({ ...lens, strides: pick(lens.strides, order) })),
    // It stands still along the folded axes, so that none of them is joined with a kept one.
    { place: to, strides: [...rowMajor(pick(shape, kept)), ...axes.map(() => 0)], offset: 0 },
  ]);
  const output = tracks[reads.length]!;
  const rank = output.strides.filter((stride) => stride !== 0).length;
  const row = lengths.at(-1) ?? 1;
  const lies = tracks.every(({ strides }) => Math.abs(strides.at(-1) ?? 0) <= 1);
  const near = lies || rank === 0 || lengths[rank - 1]! < 4;
  return {
    lengths,
    rank,
    tracks,
    sources: new Map(reads.map((reading, at) => [reading, tracks[at]!])),
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
