import type { ReduceKernel } from '../loops/kernel.ts';
import type { Context } from './context.ts';
import { type Fold, foldOf } from './fold.ts';
import type { FunctionBody } from './function-body.ts';
import { each, enter, leave, type Nest, nestOver } from './nest.ts';
import * as op from './opcode.ts';
import { axesOf, type ReduceAxes, vectors } from './reduce-axes.ts';
import { f64, v128 } from './value-type.ts';
import { overVectors } from './vectors.ts';

/** Sums of more terms than this are folded in parts, so that their rounding errors stay small. */
const longestPart = 1024;

/** Writes loops that fold elements along axes, in lanes. */
export function writeReduce(f: FunctionBody, context: Context, kernel: ReduceKernel, rows: number): void {
  const axes = axesOf(kernel);
  const { tracks, rank, foldsAlong, wide } = axes;
  const nest = nestOver(f, context, tracks, rows);
  const fold = foldOf(f, context, kernel, axes, nest);
  if (foldsAlong) {
    enter(nest, 0, rank);
    foldAlong(f, kernel, axes, nest, fold);
    leave(nest, 0, rank);
  } else {
    // One result per lane, some vectors of them in one pass along the last kept axis.
    overVectors(nest, rank, wide ? [vectors, 1] : [1], false, (count, lanes) => {
      const sums = f.locals(v128, count);
      fold.start(sums);
      enter(nest, rank, nest.lengths.length);
      sums.forEach((sum, at) => fold.into(sum, rank - 1, at * 4, lanes));
      leave(nest, rank, nest.lengths.length);
      sums.forEach((sum, at) => fold.store(sum, at * 4, lanes));
    });
  }
}

/** One result from four lanes and four partial results of each, along the last folded axis. */
function foldAlong(
  f: FunctionBody,
  { operation, to }: ReduceKernel,
  { rank }: ReduceAxes,
  nest: Nest,
  fold: Fold,
): void {
  const { combine } = fold;
  const broken = combine === op.f32x4_max || combine === op.f32x4_min ? f.local(v128) : undefined;
  const axis = nest.lengths.length - 1;
  const partials = f.locals(v128, vectors + 1);
  const first = partials[0]!;
  const single = partials[vectors]!;
  const total = f.local(f64);
  const sums = operation.name === 'sum' && to.dtype === 'float32';
  // So many elements at a time; those that come one by one have a vector of their own.
  const some = (count: number): void => {
    each(nest, axis, count, () => {
      for (let at = 0; at < count; at += 4)
        fold.into(count === 1 ? single : partials[at / 4]!, axis, at, Math.min(count, 4), broken);
    });
  };
  // Into lane 0: the partial results, their lanes, and what was folded one by one.
  const addUp = (): void => {
    f.get(first);
    for (let at = 1; at < vectors; at++) f.do(combine, partials[at]!);
    f.set(first);
    for (let distance = 8; distance >= 4; distance -= 4) {
      f.get(first).do(op.i8x16_shuffle, first, first);
      for (let at = 0; at < 16; at++) f.with((at + distance) % 16);
      f.do(combine).set(first);
    }
    f.do(combine, first, single).set(first);
    if (sums) f.get(total).do(op.f32x4_extract_lane, first).with(0).do(op.f64_promote_f32).do(op.f64_add).set(total);
  };
  if (sums) f.f64(0).set(total);
  else fold.start(partials);
  if (broken) f.do(op.i32x4_splat, 0).set(broken);
  enter(nest, rank, axis);
  if (sums) {
    each(nest, axis, longestPart, () => {
      fold.start(partials);
      some(16);
      addUp();
    });
    fold.start(partials);
  }
  for (const count of [16, 4, 1]) some(count);
  if (sums) addUp();
  leave(nest, rank, axis);
  if (broken) {
    // All ones are a NaN.
    f.i32(0).do(op.v128_any_true, broken).do(op.i32_sub).do(op.i32x4_splat);
    f.do(op.v128_or, single).set(single);
  }
  if (sums) f.do(op.f32_demote_f64, total).do(op.f32x4_splat).set(first);
  else addUp();
  fold.store(first, 0, 1);
}
