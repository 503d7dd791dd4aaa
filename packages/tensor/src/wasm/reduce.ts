import { cast } from '../operations/elementwise.ts';
import { type Expression, holdsOnly, type Reading, readings, type ReduceKernel, touched } from '../loops/kernel.ts';
import { join, whole } from '../loops/lens.ts';
import { reducedShape } from '../shape.ts';
import type { Context } from './context.ts';
import { writeDouble } from './doubles.ts';
import { foldingOf } from './folding.ts';
import type { FunctionBody, Local } from './function-body.ts';
import { toLanes, toWords, writeLanes } from './lanes.ts';
import { Nest, type Track } from './nest.ts';
import * as op from './opcode.ts';

/** Longer rows are folded along themselves, four lanes at a time; of shorter ones four are folded side by side. */
const longRow = 16;

/** Sums of more terms than this are folded in parts, so that their rounding errors stay small. */
const longestPart = 1024;

/** So many vectors of results are folded side by side in one pass, or of partial results along a row. */
const vectors = 4;

/** Writes loops that fold elements along axes. */
export function writeReduce(f: FunctionBody, context: Context, kernel: ReduceKernel): void {
  const { shape, axes, value, to, operation } = kernel;
  const kept = shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  const reads = readings(value);
  const target = whole(to, reducedShape(shape, axes, false));
  const pick = (all: readonly number[], some: readonly number[]): number[] => some.map((axis) => all[axis]!);
  const joined = (some: readonly number[], ...others: (readonly number[])[]) =>
    join(pick(shape, some), [...reads.map(({ lens }) => pick(lens.strides, some)), ...others]);
  const outer = joined(kept, target.strides);
  const inner = joined(axes);
  // The axes of the nest: first the kept ones, then the folded ones.
  const lengths = [...outer.lengths, ...inner.lengths];
  const rank = outer.lengths.length;
  const tracks: Track[] = reads.map(({ lens }, at) => ({
    lens,
    strides: [...outer.strides[at]!, ...inner.strides[at]!],
  }));
  const output: Track = { lens: target, strides: [...outer.strides.at(-1)!, ...inner.lengths.map(() => 0)] };
  const trackOf = new Map<Reading, Track>(reads.map((reading, at) => [reading, tracks[at]!]));
  const nest = new Nest(f, context, lengths, [...tracks, output], touched(kernel).rows);

  if (to.dtype === 'float64' || !holdsOnly(value, ['float32', 'int32', 'bool'])) {
    nest.over(0, rank, foldDoubles);
    nest.release();
    return;
  }
  const folding = foldingOf(kernel);
  const element: Expression =
    value.dtype === to.dtype ? value : { kind: 'law', operation: cast as never, inputs: [value], dtype: to.dtype };

  /** Folds a vector of elements into one of partial results. */
  const fold = (partial: Local, offsets: (track: Track) => readonly number[]): void => {
    f.get(partial);
    writeLanes(f, context, element, (reading) => {
      const track = trackOf.get(reading)!;
      nest.loadLanes(track, offsets(track));
      toLanes(f, context, reading.dtype);
    });
    f.do(folding.combine).set(partial);
  };
  const start = (partials: readonly Local[]): void => {
    for (const partial of partials) {
      context.constant(f, folding.type, folding.initial);
      f.set(partial);
    }
  };
  const store = (result: Local, offsets: readonly number[]): void => {
    f.get(result);
    toWords(f, to.dtype);
    f.set(result);
    nest.storeLanes(output, offsets, result);
  };

  const row = lengths.at(-1) ?? 1;
  const last = rank - 1;
  const lies = tracks.every(({ strides }) => Math.abs(strides.at(-1) ?? 0) <= 1);
  if (inner.lengths.length > 0 && row >= longRow && (lies || rank === 0 || lengths[last]! < 4))
    nest.over(0, rank, foldAlong);
  else if (rank === 0) foldBeside(1, 1);
  else {
    nest.over(0, last, () => {
      const terms = inner.lengths.reduce((size, length) => size * length, 1);
      const column = lengths[last]!;
      // Where few elements are folded, the next vectors do not wait for the last.
      const wide = terms < longRow ? column : nest.along(last, 4 * vectors, () => foldBeside(vectors, 4));
      const left = nest.along(last, 4, () => foldBeside(1, 4), column - wide);
      nest.rest(last, left, () => foldBeside(1, left));
      nest.back(last, column - left);
    });
  }
  nest.release();

  /** One result per lane, several vectors of `lanes` in one pass along the last kept axis. */
  function foldBeside(count: number, lanes: number): void {
    const sums = f.locals('v128', count);
    const offsets = (track: Track, at: number): number[] =>
      Array.from({ length: lanes }, (_, lane) => (at * 4 + lane) * (track.strides[last] ?? 0));
    start(sums);
    nest.over(rank, lengths.length, () => sums.forEach((sum, at) => fold(sum, (track) => offsets(track, at))));
    sums.forEach((sum, at) => store(sum, offsets(output, at)));
    f.release(...sums);
  }

  /** One result from four lanes and four partial results of each, along the last folded axis. */
  function foldAlong(): void {
    const axis = lengths.length - 1;
    const partials = f.locals('v128', vectors);
    const single = f.local('v128');
    const [first, second, third, fourth] = partials as [Local, Local, Local, Local];
    const along = (partial: Local, from: number, count: number): void =>
      fold(partial, (track) => Array.from({ length: count }, (_, lane) => (from + lane) * track.strides[axis]!));
    const sixteen = (): void => partials.forEach((partial, at) => along(partial, at * 4, 4));
    // Into lane 0: the four partial results, their four lanes, and what was folded one by one.
    const gatherUp = (): void => {
      f.get(first).get(second).do(folding.combine).get(third).get(fourth);
      f.do(folding.combine, folding.combine).set(first);
      for (const distance of [8, 4]) {
        f.get(first).get(first).get(first);
        f.shuffle(Array.from({ length: 16 }, (_, byte) => (byte + distance) % 16));
        f.do(folding.combine).set(first);
      }
      f.get(first).get(single).do(folding.combine).set(first);
    };
    const total = f.local('f64');
    const addUp = (): void => {
      gatherUp();
      f.get(total).get(first).lane(op.f32x4_extract_lane, 0).do(op.f64_promote_f32, op.f64_add).set(total);
    };
    const sums = operation.name === 'sum' && to.dtype === 'float32';
    const parts = sums ? Math.floor(row / longestPart) : 0;
    const all = [...partials, single];
    if (sums) f.f64(0).set(total);
    else start(all);
    nest.over(rank, axis, () => {
      if (parts > 0) {
        f.times(parts, () => {
          start(all);
          f.times(longestPart / 16, () => {
            sixteen();
            nest.move(axis, 16);
          });
          addUp();
        });
      }
      if (sums) start(all);
      let left = nest.along(axis, 16, sixteen, parts * longestPart);
      left = nest.along(axis, 4, () => along(first, 0, 4), row - left);
      nest.along(axis, 1, () => along(single, 0, 1), row - left);
      if (sums) addUp();
      nest.back(axis);
    });
    if (sums) f.get(total).do(op.f32_demote_f64, op.f32x4_splat).set(first);
    else gatherUp();
    store(first, [0]);
    f.release(...all, total);
  }

  /** One result in doubles, element by element. */
  function foldDoubles(): void {
    const result = f.local('f64');
    f.f64(operation.initial ?? (operation.name === 'max' ? -Infinity : Infinity)).set(result);
    nest.over(rank, lengths.length, () => {
      context.scalarLaw(f, operation.combine, to.dtype, () => {
        f.get(result);
        writeDouble(f, context, value, (reading) => nest.loadDouble(trackOf.get(reading)!));
      });
      f.set(result);
    });
    nest.storeDouble(output, result);
    f.release(result);
  }
}
