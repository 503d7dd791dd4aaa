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
  eachUntil,
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

/** What the fast choice between two float32 numbers ignores when extremes are reduced: NaN, and the sign of 0. */
interface Ignored {
  /** The lanes in which there was a NaN. */
  readonly nan: Local;
  /** The sign bits of the elements: for maxima their conjunction, for minima their disjunction. */
  readonly signs: Local;
}

/** How vectors of elements are combined into vectors of partial results. */
export interface Reduction {
  /** The dtype of the results, and the number of elements in a vector. */
  readonly dtype: ComputeDType;
  readonly count: 2 | 4;
  /** Combines the two vectors on the stack. */
  combine(): void;
  /** Which extreme of float32 it chooses, if any. */
  readonly extreme: 'max' | 'min' | undefined;
  /** Whether it rounds, as a sum of floats does. Long reductions are then split into blocks. */
  readonly rounds: boolean;
  /**
   * Puts on the stack whether partial results of one row decide its result, as one true does for any. Undefined for
   * reductions that must read all elements.
   */
  readonly decided: ((partials: readonly Local[]) => void) | undefined;
  /** Sets vectors of partial results to the identity element. */
  start(partials: readonly Local[]): void;
  /**
   * Combines a vector of elements, `lanes` of them along an axis, with a vector of partial results.
   *
   * @param ignored  for extremes of float32: collects what the partial results ignore
   */
  into(partial: Local, axis: number, from: number, lanes: number, ignored?: Ignored): void;
  /** Stores results, `lanes` of them along the last kept axis. */
  store(result: Local, from: number, lanes: number): void;
}

function reductionOf(
  f: FunctionBody,
  context: Context,
  { value, operation, to }: ReduceKernel,
  { rank, output }: ReduceAxes,
  nest: LoopNest,
): Reduction {
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
    decided:
      instruction === op.v128_or || instruction === op.v128_and
        ? (partials) => {
            const both = f.local(v128);
            f.get(partials[0]!);
            for (const partial of partials.slice(1)) f.get(partial).do(instruction);
            // Of two elements the masks are the first two of four.
            if (count === 2)
              f.set(both)
                .do(op.i8x16_shuffle, both, both)
                .with(...firstTwo);
            if (instruction === op.v128_or) f.do(op.v128_any_true);
            else f.do(op.i32x4_all_true).do(op.i32_eqz);
          }
        : undefined,
    start(partials) {
      for (const partial of partials) {
        context.constants.write(f, dtype, identity);
        f.set(partial);
      }
    },
    into(partial, axis, from, lanes, ignored) {
      f.get(partial);
      const load = ({ view }: Load): void => loadLanes(f, vectorAt(nest, view, axis, from, lanes));
      writeLanes({ f, context, count, load, inline: false }, element);
      if (ignored) {
        // Without NaN and the sign of 0 the choice is one instruction instead of eight.
        const lane = f.local(v128);
        const isMax = this.extreme === 'max';
        f.tee(lane)
          .do(isMax ? op.f32x4_pmax : op.f32x4_pmin)
          .set(partial);
        f.do(op.f32x4_ne, lane, lane).do(op.v128_or, ignored.nan).set(ignored.nan);
        f.do(isMax ? op.v128_and : op.v128_or, ignored.signs, lane).set(ignored.signs);
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

/** The bytes of the first half of a vector, twice. */
const firstTwo = [0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3, 4, 5, 6, 7];

/** Rows of at least this length are reduced one by one, a vector at a time. Shorter rows are reduced several at a time. */
const longRow = 16;

/** The number of vectors of results that are computed together, or of partial results of one row. */
const vectors = 4;

/** The axes of a reduction, and the views over them. */
export interface ReduceAxes {
  /** The kept axes, `rank` of them, then the reduced ones. */
  readonly collapsed: CollapsedAxes;
  readonly rank: number;
  readonly output: StridedView;
  /** Whether rows are reduced one by one. */
  readonly byRow: boolean;
  /** Whether several vectors of results are computed together. */
  readonly wide: boolean;
}

function axesOf({ operation, shape, axes, value, to }: ReduceKernel): ReduceAxes {
  const kept = otherAxes(shape, axes);
  // The output has stride 0 along the reduced axes, so that none of them is collapsed with a kept one.
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
    // Elements are combined in order, unless the operation is known to be commutative.
    byRow: lengths.length > rank && row >= longRow && near && instructionOf(operation.combine, to.dtype) > 0,
    // With few elements per result, several vectors together hide the latency of each.
    wide: row >= longRow || lengths.length > rank + 1,
  };
}

/** The number of rows that are reduced together. Chunks of rows must be multiples of it. */
export function rowsTogether(kernel: ReduceKernel): number {
  const { rank, byRow, wide } = axesOf(kernel);
  const lanes = lanesFor([kernel.value]);
  return rank === 1 && !byRow && wide ? lanes * vectors : lanes;
}

/** The steps after which any and all look whether the result is decided. */
const stepsBetween = 8;

/** The most elements that a lane adds one after another. The relative error of such a block is at most 2⁻²⁰. */
const longestChain = 32;

/** Writes loops that reduce elements along axes, in lanes. */
export function writeReduce(f: FunctionBody, context: Context, kernel: ReduceKernel, rows: number): void {
  const axes = axesOf(kernel);
  const { collapsed, rank, byRow, wide } = axes;
  const nest = nestOver(f, context, collapsed, rows);
  const reduction = reductionOf(f, context, kernel, axes, nest);
  if (byRow) {
    enter(nest, 0, rank);
    reduceRow(nest, reduction, rank);
    leave(nest, 0, rank);
  } else {
    // One result per lane, for one or several vectors along the last kept axis.
    overVectors(nest, rank, reduction.count, wide ? [vectors, 1] : [1], false, (count, lanes) => {
      const sums = f.locals(v128, count);
      reduceInBlocks(nest, reduction, {
        from: rank,
        until: nest.lengths.length,
        longest: longestChain,
        partials: sums,
        sums,
        write: () => sums.forEach((sum, at) => reduction.into(sum, rank - 1, at * reduction.count, lanes)),
      });
      sums.forEach((sum, at) => reduction.store(sum, at * reduction.count, lanes));
    });
  }
}

/** Writes the reduction of one row: all lanes of four vectors of partial results give one result. */
function reduceRow(nest: LoopNest, reduction: Reduction, rank: number): void {
  const { f, lengths } = nest;
  const { combine, count: lanes } = reduction;
  const isMax = reduction.extreme === 'max';
  const ignored = reduction.extreme ? { nan: f.local(v128), signs: f.local(v128) } : undefined;
  const axis = lengths.length - 1;
  const partials = f.locals(v128, vectors);
  const first = partials[0]!;
  // The last elements of a row are combined one by one, in all lanes of another vector.
  const single = lengths[axis]! % lanes > 0 ? f.local(v128) : undefined;
  const { decided } = reduction;
  if (ignored) {
    f.do(op.i32x4_splat, 0).set(ignored.nan);
    f.do(op.i32x4_splat, isMax ? -1 : 0).set(ignored.signs);
  }
  reduceInBlocks(nest, reduction, {
    from: rank,
    until: axis,
    longest: (decided ? stepsBetween : longestChain) * vectors * lanes,
    decided: decided && ((): void => decided(partials)),
    partials: single ? [...partials, single] : partials,
    sums: single ? [first, single] : [first],
    write() {
      for (const count of [lanes * vectors, lanes, 1]) {
        each(nest, axis, count, () => {
          for (let at = 0; at < count; at += lanes)
            reduction.into(count === 1 ? single! : partials[at / lanes]!, axis, at, Math.min(count, lanes), ignored);
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
  const width = widthOf(reduction.dtype);
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
  if (ignored) {
    // A maximum of 0 is −0 if all elements have the sign bit, a minimum of 0 if any has it.
    f.do(op.i32x4_bitmask, ignored.signs)
      .do(op.i32_ge_u, isMax ? 15 : 1)
      .do(op.i32_mul, -(2 ** 31))
      .do(op.i32x4_splat);
    f.get(first).get(first).do(op.i32x4_splat, 0).do(op.f32x4_eq).do(op.v128_bitselect).set(first);
    // A mask of all ones is a NaN.
    f.i32(0).do(op.v128_any_true, ignored.nan).do(op.i32_sub).do(op.i32x4_splat);
    f.do(op.v128_or, first).set(first);
  }
  reduction.store(first, 0, 1);
}

/** One pass over elements. */
interface Pass {
  /** The pass loops over the axes `from` … `until` − 1; `write` loops over the axes further in. */
  readonly from: number;
  readonly until: number;
  /** The most elements of a block. */
  readonly longest: number;
  /** The vectors of partial results. */
  readonly partials: readonly Local[];
  /** Those of them that hold the results of a block after `gather`. */
  readonly sums: readonly Local[];
  write(): void;
  gather?(): void;
  /** Puts on the stack whether the elements so far decide the result. The others are not read then. */
  readonly decided?: (() => void) | undefined;
}

/**
 * Writes a reduction over all reduced axes. If it rounds and there are many elements, they are reduced in blocks, and the
 * results of the blocks are added by compensated summation. A reduction that few elements may decide stops between blocks.
 */
function reduceInBlocks(nest: LoopNest, reduction: Reduction, pass: Pass): void {
  const { f, lengths } = nest;
  const { from, until, longest, partials, sums } = pass;
  const reduceFrom = (axis: number): void => {
    reduction.start(partials);
    enter(nest, axis, until);
    pass.write();
    leave(nest, axis, until);
    pass.gather?.();
  };
  const { decided } = pass;
  const block = reduction.rounds || decided ? blockOf(lengths, from, longest) : undefined;
  if (!block) {
    reduceFrom(from);
    return;
  }
  const { axis, length } = block;
  if (decided) {
    const readBlock = (): void => {
      enter(nest, axis, until);
      pass.write();
      leave(nest, axis, until);
    };
    reduction.start(partials);
    enter(nest, from, axis);
    eachUntil(nest, axis, length, readBlock, decided);
    each(nest, axis, lengths[axis]! % length, readBlock);
    leave(nest, from, axis);
    pass.gather?.();
    return;
  }
  const totals = f.locals(v128, sums.length);
  const lost = f.locals(v128, sums.length);
  const addBlock = (): void => {
    reduceFrom(axis);
    sums.forEach((sum, at) => addCompensated(f, reduction.dtype, totals[at]!, lost[at]!, sum));
  };
  reduction.start(totals);
  reduction.start(lost);
  enter(nest, from, axis);
  each(nest, axis, length, addBlock);
  each(nest, axis, lengths[axis]! % length, addBlock);
  leave(nest, from, axis);
  sums.forEach((sum, at) => f.get(totals[at]!).set(sum));
}

/** The axis that is split into blocks, and the length of a block along it; undefined if all elements are one block. */
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
