import { cast } from '../operations/elementwise.ts';
import type { Expression, Reading, ReduceKernel } from '../loops/kernel.ts';
import type { Context } from './context.ts';
import { type Folding, foldingOf } from './folding.ts';
import type { FunctionBody, Local } from './function-body.ts';
import { Lanes, toWords } from './lanes.ts';
import { Nest, placesAlong, type Track } from './nest.ts';
import * as op from './opcode.ts';
import { axesOf, vectors } from './reduce-axes.ts';

/** Sums of more terms than this are folded in parts, so that their rounding errors stay small. */
const longestPart = 1024;

/** A reduction that is being written: the nest has the kept axes first, `rank` of them, then the folded ones. */
interface Fold {
  readonly f: FunctionBody;
  readonly context: Context;
  readonly kernel: ReduceKernel;
  readonly lengths: readonly number[];
  readonly rank: number;
  readonly nest: Nest;
  readonly sources: ReadonlyMap<Reading, Track>;
  readonly output: Track;
  readonly folding: Folding;
  /** Where extremes are folded along a row: which lanes have met a NaN. */
  readonly broken?: Local;
}

/** Writes loops that fold elements along axes, in lanes. */
export function writeReduce(f: FunctionBody, context: Context, kernel: ReduceKernel, rows: number): void {
  const { reads, lengths, rank, tracks, foldsAlong, wide: inVectors } = axesOf(kernel);
  const sources = new Map<Reading, Track>();
  for (let at = 0; at < reads.length; at++) sources.set(reads[at]!, tracks[at]!);
  const output = tracks[reads.length]!;
  const nest = new Nest(f, context, lengths, tracks, rows);
  const fold: Fold = { f, context, kernel, lengths, rank, nest, sources, output, folding: foldingOf(kernel) };

  const last = rank - 1;
  const column = lengths[last] ?? 1;
  if (foldsAlong) {
    nest.enter(0, rank);
    foldAlong(fold);
    nest.leave(0, rank);
  } else if (rank === 0) foldBeside(fold, 1, 1);
  else {
    nest.enter(0, last);
    const wide = inVectors ? nest.open(last, 4 * vectors) : 0;
    if (wide > 0) {
      foldBeside(fold, vectors, 4);
      nest.close();
    }
    let done = wide * 4 * vectors;
    const single = nest.open(last, 4);
    if (single > 0) {
      foldBeside(fold, 1, 4);
      nest.close();
    }
    done += single * 4;
    if (done < column) {
      nest.open(last, column - done);
      foldBeside(fold, 1, column - done);
      nest.close();
    }
    nest.leave(0, last);
  }
}

/** Puts what folding nothing gives into vectors of partial results. */
function start({ f, context, folding }: Fold, partials: readonly Local[]): void {
  for (const partial of partials) {
    context.constant(f, folding.type, folding.initial);
    f.set(partial);
  }
}

/** Folds a vector of elements, `lanes` of them along an axis, into one of partial results. */
function foldInto(fold: Fold, partial: Local, axis: number, from: number, lanes: number): void {
  const { f, context, kernel, nest, sources, broken, folding } = fold;
  const { value, to } = kernel;
  const element: Expression =
    value.dtype === to.dtype ? value : { kind: 'law', operation: cast as never, inputs: [value], dtype: to.dtype };
  f.get(partial);
  const load = (reading: Reading): void => {
    const track = sources.get(reading)!;
    nest.loadLanes(track, placesAlong(track, axis, from, lanes));
  };
  new Lanes(f, context, load, false).write(element);
  const { combine } = folding;
  if (broken) {
    // The choice that passes NaN over is one instruction, the one that keeps it is eight.
    const lane = f.local('v128');
    f.tee(lane)
      .do(combine === op.f32x4_max ? op.f32x4_pmax : op.f32x4_pmin)
      .set(partial);
    f.get(lane).get(lane).do(op.f32x4_ne).get(broken).do(op.v128_or).set(broken);
    f.release(lane);
  } else f.do(combine).set(partial);
}

function store({ f, kernel, rank, nest, output }: Fold, result: Local, from: number, lanes: number): void {
  f.get(result);
  toWords(f, kernel.to.dtype);
  f.set(result);
  nest.storeLanes(output, placesAlong(output, rank - 1, from, lanes), result);
}

/** One result per lane, `count` vectors of `lanes` in one pass along the last kept axis. */
function foldBeside(fold: Fold, count: number, lanes: number): void {
  const { f, lengths, rank, nest } = fold;
  const sums = f.locals('v128', count);
  start(fold, sums);
  nest.enter(rank, lengths.length);
  for (let at = 0; at < count; at++) foldInto(fold, sums[at]!, rank - 1, at * 4, lanes);
  nest.leave(rank, lengths.length);
  for (let at = 0; at < count; at++) store(fold, sums[at]!, at * 4, lanes);
  f.release(...sums);
}

/** One result from four lanes and four partial results of each, along the last folded axis. */
function foldAlong(given: Fold): void {
  const { f, kernel, lengths, rank, nest } = given;
  const { combine } = given.folding;
  const extreme = combine === op.f32x4_max || combine === op.f32x4_min;
  const fold: Fold = extreme ? { ...given, broken: f.local('v128') } : given;
  const axis = lengths.length - 1;
  const row = lengths[axis]!;
  const partials = f.locals('v128', vectors + 1);
  const first = partials[0]!;
  const single = partials[vectors]!;
  const total = f.local('f64');
  const sixteen = (): void => {
    for (let at = 0; at < vectors; at++) foldInto(fold, partials[at]!, axis, at * 4, 4);
  };
  // Into lane 0: the partial results, their lanes, and what was folded one by one.
  const addUp = (): void => {
    f.get(first);
    for (let at = 1; at < vectors; at++) f.get(partials[at]!).do(combine);
    f.set(first);
    for (let distance = 8; distance >= 4; distance -= 4)
      f.get(first).get(first).get(first).rotate(distance).do(combine).set(first);
    f.get(first).get(single).do(combine).set(first);
    if (sums) f.get(total).get(first).lane(op.f32x4_extract_lane, 0).do(op.f64_promote_f32).do(op.f64_add).set(total);
  };
  const sums = kernel.operation.name === 'sum' && kernel.to.dtype === 'float32';
  const parts = sums ? Math.floor(row / longestPart) : 0;
  if (sums) f.f64(0).set(total);
  else start(fold, partials);
  if (fold.broken) f.i32(0).do(op.i32x4_splat).set(fold.broken);
  nest.enter(rank, axis);
  if (parts > 0) {
    nest.open(axis, longestPart);
    start(fold, partials);
    nest.open(axis, 16);
    sixteen();
    nest.close();
    addUp();
    nest.close();
  }
  if (sums) start(fold, partials);
  if (nest.open(axis, 16) > 0) {
    sixteen();
    nest.close();
  }
  if (nest.open(axis, 4) > 0) {
    foldInto(fold, first, axis, 0, 4);
    nest.close();
  }
  if (nest.open(axis, 1) > 0) {
    foldInto(fold, single, axis, 0, 1);
    nest.close();
  }
  if (sums) addUp();
  nest.leave(rank, axis);
  if (fold.broken) {
    // All ones are a NaN.
    f.i32(0).get(fold.broken).do(op.v128_any_true).do(op.i32_sub).do(op.i32x4_splat);
    f.get(single).do(op.v128_or).set(single);
  }
  if (sums) f.get(total).do(op.f32_demote_f64).do(op.f32x4_splat).set(first);
  else addUp();
  store(fold, first, 0, 1);
}
