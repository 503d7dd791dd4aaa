import { type ComputeDType, isFloating } from '../../dtype.ts';
import { converted, type StridedView, type Load, readsOf, type ReduceKernel } from '../../loops/ir.ts';
import { elementwise } from '../../operations/elementwise.ts';
import { otherAxes, reducedShape } from '../../shape.ts';
import { rowMajor } from '../../strided.ts';
import type { FunctionBody, Local } from '../assembler/function-body.ts';
import * as op from '../assembler/opcode.ts';
import { v128 } from '../assembler/opcode.ts';
import { type Context, widthOf } from '../context.ts';
import { callLaneByLane, lanesFor, toWords, writeLanes } from '../expressions.ts';
import { instructionOf } from '../instructions.ts';
import {
  each,
  enter,
  vectorAt,
  leave,
  type LoopNest,
  nestOver,
  overVectors,
  type CollapsedAxes,
  collapseOver,
} from '../loop-nest.ts';
import { loadLanes, storeLanes } from '../vector-memory.ts';
import { addCompensated } from './compensated-sum.ts';

/** The lowest and the highest number of a dtype. */
const limits = {
  float32: [-Infinity, Infinity],
  float64: [-Infinity, Infinity],
  int32: [-(2 ** 31), 2 ** 31 - 1],
  bool: [0, 1],
} as const;

/** What the fast choice between two float32 numbers ignores when extremes are folded: NaN, and the sign of 0. */
interface Seen {
  /** The lanes that have met a NaN. */
  readonly nan: Local;
  /** The sign bits of all elements: of maxima those that every element has, of minima those that any has. */
  readonly signs: Local;
}

/** How vectors of elements are folded into vectors of partial results. */
export interface Fold {
  /** The dtype of the results, and the number of elements in a vector. */
  readonly dtype: ComputeDType;
  readonly count: 2 | 4;
  /** Combines the two vectors on the stack. */
  combine(): void;
  /** Does it choose extremes of float32? */
  readonly extreme: 'max' | 'min' | undefined;
  /** Does it round, as additions of floating-point numbers do? Then long folds go in blocks. */
  readonly rounds: boolean;
  /** Sets vectors of partial results to the result of folding nothing. */
  start(partials: readonly Local[]): void;
  /**
   * Folds a vector of elements, `lanes` of them along an axis, into a vector of partial results.
   *
   * @param seen  where extremes of float32 are folded: what the partial results ignore
   */
  into(partial: Local, axis: number, from: number, lanes: number, seen?: Seen): void;
  /** Stores results, `lanes` of them along the last kept axis. */
  store(result: Local, from: number, lanes: number): void;
}

function foldOf(
  f: FunctionBody,
  context: Context,
  { value, operation, to }: ReduceKernel,
  { rank, output }: ReduceAxes,
  nest: LoopNest,
): Fold {
  const { dtype } = to;
  const instruction = instructionOf(operation.combine, dtype);
  const [lowest, highest] = limits[dtype];
  const identity = Math.min(Math.max(operation.identity, lowest), highest);
  const element = converted(value, dtype);
  const count = lanesFor([element]);
  const extremes = { [op.f32x4_max]: 'max', [op.f32x4_min]: 'min' } as const;
  const combine = (): void => {
    if (instruction) {
      f.do(instruction);
      return;
    }
    const held = dtype === 'bool' ? 'int32' : dtype;
    const [first, second] = f.locals(v128, 2) as [Local, Local];
    f.set(second).set(first);
    callLaneByLane({ f, context, count }, operation.combine, dtype, [
      { held, local: first },
      { held, local: second },
    ]);
  };
  return {
    dtype,
    count,
    combine,
    extreme: extremes[instruction as keyof typeof extremes],
    rounds: operation.combine === elementwise.add && isFloating(dtype),
    start(partials) {
      for (const partial of partials) {
        context.constants.write(f, dtype, identity);
        f.set(partial);
      }
    },
    into(partial, axis, from, lanes, seen) {
      f.get(partial);
      const load = ({ view }: Load): void => loadLanes(f, vectorAt(nest, view, axis, from, lanes));
      writeLanes({ f, context, count, load, inline: false }, element);
      if (seen) {
        // The choice that ignores NaN and the sign of 0 is one instruction, the other one is eight.
        const lane = f.local(v128);
        const isMax = this.extreme === 'max';
        f.tee(lane)
          .do(isMax ? op.f32x4_pmax : op.f32x4_pmin)
          .set(partial);
        f.do(op.f32x4_ne, lane, lane).do(op.v128_or, seen.nan).set(seen.nan);
        f.do(isMax ? op.v128_and : op.v128_or, seen.signs, lane).set(seen.signs);
      } else {
        combine();
        f.set(partial);
      }
    },
    store(result, from, lanes) {
      f.get(result);
      toWords(f, dtype);
      f.set(result);
      storeLanes(f, vectorAt(nest, output, rank - 1, from, lanes), result);
    },
  };
}

/** Longer rows are folded along themselves, a vector at a time; shorter ones are folded side by side. */
const longRow = 16;

/** The number of vectors of results that are folded side by side, or of partial results along a row. */
const vectors = 4;

/** The axes of a reduction, and what is read and written along them. */
export interface ReduceAxes {
  /** Over the kept axes, `rank` of them, then over the folded ones. */
  readonly collapsed: CollapsedAxes;
  readonly rank: number;
  readonly output: StridedView;
  /** Are rows folded along themselves? */
  readonly foldsAlong: boolean;
  /** Are several vectors of rows folded side by side? */
  readonly wide: boolean;
}

function axesOf({ operation, shape, axes, value, to }: ReduceKernel): ReduceAxes {
  const kept = otherAxes(shape, axes);
  // The output has stride 0 along the folded axes, so that none of them is joined with a kept one.
  const strides = rowMajor(reducedShape(shape, axes, true));
  const output = { buffer: to, strides: strides.map((stride, axis) => (axes.includes(axis) ? 0 : stride)), offset: 0 };
  const collapsed = collapseOver(shape, [...readsOf(value), output], 0, [...kept, ...axes]);
  const { lengths } = collapsed;
  const rank = collapsed.strides.get(output)!.filter((stride) => stride !== 0).length;
  const row = lengths.at(-1) ?? 1;
  const contiguous = [...collapsed.strides.values()].every((along) => Math.abs(along.at(-1) ?? 0) <= 1);
  const near = contiguous || rank === 0 || lengths[rank - 1]! < 4;
  return {
    collapsed,
    rank,
    output,
    // What is not known to be commutative is folded in order.
    foldsAlong: lengths.length > rank && row >= longRow && near && instructionOf(operation.combine, to.dtype) > 0,
    // Where few elements are folded, the next vectors need not wait for the last.
    wide: row >= longRow || lengths.length > rank + 1,
  };
}

/** How many rows are folded together: chunks of them must be multiples of it. */
export function rowsTogether(kernel: ReduceKernel): number {
  const { rank, foldsAlong, wide } = axesOf(kernel);
  const lanes = lanesFor([kernel.value]);
  return rank === 1 && !foldsAlong && wide ? lanes * vectors : lanes;
}

/** The most elements that a lane adds one after another: the relative error of such a block is at most 2⁻²⁰. */
const longestChain = 32;

/** Writes loops that fold elements along axes, in lanes. */
export function writeReduce(f: FunctionBody, context: Context, kernel: ReduceKernel, rows: number): void {
  const axes = axesOf(kernel);
  const { collapsed, rank, foldsAlong, wide } = axes;
  const nest = nestOver(f, context, collapsed, rows);
  const fold = foldOf(f, context, kernel, axes, nest);
  if (foldsAlong) {
    enter(nest, 0, rank);
    foldAlong(nest, fold, rank);
    leave(nest, 0, rank);
  } else {
    // One result per lane, some vectors of them in one pass along the last kept axis.
    overVectors(nest, rank, fold.count, wide ? [vectors, 1] : [1], false, (count, lanes) => {
      const sums = f.locals(v128, count);
      foldInBlocks(nest, fold, {
        from: rank,
        until: nest.lengths.length,
        longest: longestChain,
        partials: sums,
        sums,
        write: () => sums.forEach((sum, at) => fold.into(sum, rank - 1, at * fold.count, lanes)),
      });
      sums.forEach((sum, at) => fold.store(sum, at * fold.count, lanes));
    });
  }
}

/** One result from all lanes of four vectors of partial results, along the last folded axis. */
function foldAlong(nest: LoopNest, fold: Fold, rank: number): void {
  const { f, lengths } = nest;
  const { combine, count: lanes } = fold;
  const isMax = fold.extreme === 'max';
  const seen = fold.extreme ? { nan: f.local(v128), signs: f.local(v128) } : undefined;
  const axis = lengths.length - 1;
  const partials = f.locals(v128, vectors);
  const first = partials[0]!;
  // What is left of a row is folded one by one, into all lanes of a vector of its own.
  const single = lengths[axis]! % lanes > 0 ? f.local(v128) : undefined;
  if (seen) {
    f.do(op.i32x4_splat, 0).set(seen.nan);
    f.do(op.i32x4_splat, isMax ? -1 : 0).set(seen.signs);
  }
  foldInBlocks(nest, fold, {
    from: rank,
    until: axis,
    longest: longestChain * vectors * lanes,
    partials: single ? [...partials, single] : partials,
    sums: single ? [first, single] : [first],
    write() {
      for (const count of [lanes * vectors, lanes, 1]) {
        each(nest, axis, count, () => {
          for (let at = 0; at < count; at += lanes)
            fold.into(count === 1 ? single! : partials[at / lanes]!, axis, at, Math.min(count, lanes), seen);
        });
      }
    },
    gather() {
      f.get(first);
      for (let at = 1; at < vectors; at++) {
        f.get(partials[at]!);
        combine();
      }
      f.set(first);
    },
  });
  const width = widthOf(fold.dtype);
  for (let distance = (lanes / 2) * width; distance >= width; distance /= 2) {
    f.get(first).do(op.i8x16_shuffle, first, first);
    for (let at = 0; at < 16; at++) f.with((at + distance) % 16);
    combine();
    f.set(first);
  }
  if (single) {
    f.get(first).get(single);
    combine();
    f.set(first);
  }
  if (seen) {
    // A maximum of 0 is −0 when all elements have a sign, a minimum of 0 when any has.
    f.do(op.i32x4_bitmask, seen.signs)
      .do(op.i32_ge_u, isMax ? 15 : 1)
      .do(op.i32_mul, -(2 ** 31))
      .do(op.i32x4_splat);
    f.get(first).get(first).do(op.i32x4_splat, 0).do(op.f32x4_eq).do(op.v128_bitselect).set(first);
    // A mask of all ones is a NaN.
    f.i32(0).do(op.v128_any_true, seen.nan).do(op.i32_sub).do(op.i32x4_splat);
    f.do(op.v128_or, first).set(first);
  }
  fold.store(first, 0, 1);
}

/** What is folded in one pass, and into what. */
interface Pass {
  /** The axes that the pass loops over, from the first up to the last; `write` loops over what lies further in. */
  readonly from: number;
  readonly until: number;
  /** The most elements of a block. */
  readonly longest: number;
  /** What elements are folded into. */
  readonly partials: readonly Local[];
  /** Those of them that hold the results of a block after `gather`. */
  readonly sums: readonly Local[];
  write(): void;
  gather?(): void;
}

/**
 * Folds all elements along the folded axes. Where there are many and folding rounds, they are folded in blocks, and the
 * results of the blocks are added up without their rounding errors.
 */
function foldInBlocks(nest: LoopNest, fold: Fold, pass: Pass): void {
  const { f, lengths } = nest;
  const { from, until, longest, partials, sums } = pass;
  const foldFrom = (axis: number): void => {
    fold.start(partials);
    enter(nest, axis, until);
    pass.write();
    leave(nest, axis, until);
    pass.gather?.();
  };
  const block = fold.rounds ? blockOf(lengths, from, longest) : undefined;
  if (!block) {
    foldFrom(from);
    return;
  }
  const { axis, length } = block;
  const totals = f.locals(v128, sums.length);
  const lost = f.locals(v128, sums.length);
  const addBlock = (): void => {
    foldFrom(axis);
    sums.forEach((sum, at) => addCompensated(f, fold.dtype, totals[at]!, lost[at]!, sum));
  };
  fold.start(totals);
  fold.start(lost);
  enter(nest, from, axis);
  each(nest, axis, length, addBlock);
  each(nest, axis, lengths[axis]! % length, addBlock);
  leave(nest, from, axis);
  sums.forEach((sum, at) => f.get(totals[at]!).set(sum));
}

/** The axis that is cut into blocks, and the length of a block along it; none where all is one block. */
export function blockOf(
  lengths: readonly number[],
  from: number,
  longest: number,
): { readonly axis: number; readonly length: number } | undefined {
  let inner = 1;
  for (let axis = lengths.length - 1; axis >= from; axis--) {
    if (inner * lengths[axis]! > longest) return { axis, length: Math.floor(longest / inner) };
    inner *= lengths[axis]!;
  }
  return undefined;
}
