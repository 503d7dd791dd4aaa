import { type Reading, readings, type ReduceKernel } from '../loops/kernel.ts';
import { type Lens, whole } from '../loops/lens.ts';
import { reducedShape } from '../shape.ts';
import { type Track, tracksOver } from './nest.ts';

/** Longer rows are folded along themselves, four lanes at a time; of shorter ones four are folded side by side. */
const longRow = 16;

/** So many vectors of results are folded side by side in one pass, or of partial results along a row. */
export const vectors = 4;

/** The axes of a reduction, joined, and what is read and written along them. */
export interface ReduceAxes {
  readonly reads: readonly Reading[];
  /** Of the kept axes, `rank` of them, then of the folded ones. */
  readonly lengths: readonly number[];
  readonly rank: number;
  /** What is read, then what is written. */
  readonly tracks: readonly Track[];
  /** Are rows folded along themselves? */
  readonly foldsAlong: boolean;
  /** Are several vectors of rows folded side by side? */
  readonly wide: boolean;
}

export function axesOf({ shape, axes, value, to }: ReduceKernel): ReduceAxes {
  const kept = shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  const reads = readings(value);
  const target = whole(to, reducedShape(shape, axes, false));
  const pick = (all: readonly number[], some: readonly number[]): number[] => some.map((axis) => all[axis]!);
  const along = (some: readonly number[]): Lens[] =>
    reads.map(({ lens }) => ({ ...lens, strides: pick(lens.strides, some) }));
  const outer = tracksOver(pick(shape, kept), [...along(kept), target]);
  const inner = tracksOver(pick(shape, axes), along(axes));
  const lengths = [...outer.lengths, ...inner.lengths];
  const rank = outer.lengths.length;
  const tracks = outer.tracks.map(({ strides }, at): Track => {
    const folded = inner.tracks[at]?.strides ?? inner.lengths.map(() => 0);
    return { lens: reads[at]?.lens ?? target, strides: [...strides, ...folded] };
  });
  const row = lengths.at(-1) ?? 1;
  const lies = tracks.every(({ strides }) => Math.abs(strides.at(-1) ?? 0) <= 1);
  const near = lies || rank === 0 || lengths[rank - 1]! < 4;
  return {
    reads,
    lengths,
    rank,
    tracks,
    foldsAlong: inner.lengths.length > 0 && row >= longRow && near,
    // Where few elements are folded, the next vectors need not wait for the last.
    wide: row >= longRow || inner.lengths.length > 1,
  };
}

/** How many rows are folded together: portions of them must be multiples of it. */
export function rowsTogether(kernel: ReduceKernel): number {
  const { rank, foldsAlong, wide } = axesOf(kernel);
  return rank === 1 && !foldsAlong && wide ? 4 * vectors : 4;
}
