import { type ComputeDType, isFloating } from '../../dtype.ts';
import type { ContractionKernel, StridedView } from '../../loops/ir.ts';
import { elementwise } from '../../operations/elementwise.ts';
import type { FunctionBody, Local } from '../assembler/function-body.ts';
import * as op from '../assembler/opcode.ts';
import { v128 } from '../assembler/opcode.ts';
import { type Context, widthOf } from '../context.ts';
import { writeStores } from '../expressions.ts';
import { instructionOf } from '../instructions.ts';
import {
  type CollapsedAxes,
  collapseOver,
  each,
  eachRowLeft,
  enter,
  leave,
  lanesAt,
  type LoopNest,
  nestOver,
} from '../loop-nest.ts';
import { lanesOf, loadLanes, loadOnly, storeLanes, type VectorAccess } from '../vector-memory.ts';
import { addCompensated } from './compensated-sum.ts';
import { isFused, longestChain } from './matmul-tile.ts';
import { blockOf } from './reduce.ts';

/**
 * How the sums of a contraction are computed: a tile of them is kept in registers while a loop runs over the depth. Both
 * factors are read where they lie. The lanes of a vector are neighbours along the last axis of the result, or, where
 * that is short or its elements are apart, along the last axis of the depth; then a sum is that of the lanes of a vector.
 */
interface Tiling {
  readonly collapsed: CollapsedAxes;
  /** The first axis of the depth. */
  readonly depthFrom: number;
  /** The axis that lanes run along; −1 when there is none. */
  readonly laneAxis: number;
  readonly alongDepth: boolean;
  /** The factors in this order: the lanes of a vector share an element of the first, unless both factors have the axis of lanes. */
  readonly factors: readonly [StridedView, StridedView];
  /** Both factors have the axis of lanes: each vector of sums has a vector of either factor for itself. */
  readonly paired: boolean;
  /** The axis of the rows of a tile, which only the first factor has, and that of its columns, which only the second has. */
  readonly rowAxis: number;
  readonly columnAxis: number;
  /** The sums of a tile: `rows` × `columns` vectors, or in each column `vectors` of them along the axis of the lanes. */
  readonly rows: number;
  readonly columns: number;
  readonly vectors: number;
}

/** More elements are added up with their rounding errors. */
const compensatedFrom = 4096;

/** Reads of lanes that are apart take about as much longer than those of neighbours. */
const apart = 2;

/** The vector registers that sums and factors may take. */
const registers = 15;

function tilingOf(kernel: ContractionKernel, relaxed: boolean): Tiling {
  const { shape, a, b, to, lost, epilogue } = kernel;
  const views = [
    a,
    b,
    to,
    ...(lost ? [lost] : []),
    ...(epilogue ? epilogue.stores.flatMap((one) => [one.to, ...one.reads]) : []),
  ];
  const collapsed = collapseOver(shape, [...new Set(views)]);
  const { lengths } = collapsed;
  const stridesOf = (view: StridedView): readonly number[] => collapsed.strides.get(view)!;
  const result = stridesOf(to);
  const last = result.findLastIndex((stride) => stride !== 0);
  const depthFrom = last + 1;
  const lanes = lanesOf(to.buffer.dtype);
  const depth = lengths.slice(depthFrom).reduce((product, length) => product * length, 1);
  /** How much more the reads of vectors along an axis take than those of full vectors of neighbours. */
  const effort = (axis: number): number => {
    const length = lengths[axis]!;
    const near = [a, b].every((view) => stridesOf(view)[axis] === 0 || stridesOf(view)[axis] === 1);
    return ((Math.ceil(length / lanes) * lanes) / length) * (near ? 1 : apart);
  };
  const inner = lengths.length - 1;
  const alongDepth =
    depthFrom < lengths.length &&
    stridesOf(a)[inner] !== 0 &&
    stridesOf(b)[inner] !== 0 &&
    // The lanes of each sum are added at the end, which takes as long as some products.
    effort(inner) * (1 + 32 / depth) < (last < 0 ? lanes : effort(last));
  const laneAxis = alongDepth ? inner : last;
  const has = (view: StridedView): boolean => laneAxis >= 0 && stridesOf(view)[laneAxis] !== 0;
  const paired = !alongDepth && has(a) && has(b);
  const factors = (alongDepth || !has(a) || paired ? [a, b] : [b, a]) as readonly [StridedView, StridedView];
  const [along, across] = factors.map(stridesOf) as [readonly number[], readonly number[]];
  const ofOne = (own: readonly number[], other: readonly number[]): number =>
    lengths.findLastIndex((_, axis) => axis !== laneAxis && own[axis] !== 0 && other[axis] === 0 && result[axis] !== 0);
  const rowAxis = paired ? -1 : ofOne(along, across);
  const columnAxis = paired ? -1 : ofOne(across, along);
  const most = {
    rows: lengths[rowAxis] ?? 1,
    columns: lengths[columnAxis] ?? 1,
    vectors: alongDepth || laneAxis < 0 ? 1 : Math.ceil(lengths[laneAxis]! / lanes),
  };
  const room = registers - (isFused(to.buffer.dtype, relaxed) ? 1 : 2);
  return {
    collapsed,
    depthFrom,
    laneAxis,
    alongDepth,
    factors,
    paired,
    rowAxis,
    columnAxis,
    ...fastestTile(most, room),
  };
}

interface TileSize {
  readonly rows: number;
  readonly columns: number;
  readonly vectors: number;
}

/** The tile that computes all sums in the shortest time, estimated by multiply-adds and loads, of which two are done in a cycle. */
function fastestTile(most: TileSize, room: number): TileSize {
  let best: TileSize = { rows: 1, columns: 1, vectors: 1 };
  let least = Infinity;
  for (let vectors = 1; vectors <= Math.min(most.vectors, room); vectors++) {
    for (let columns = 1; columns <= Math.min(most.columns, Math.floor(room / vectors)); columns++) {
      for (let rows = 1; rows <= Math.min(most.rows, room); rows++) {
        const across = columns * vectors;
        if (rows * across + Math.min(rows, across) > room) break;
        let time = 0;
        for (const [count, height] of parts(most.rows, rows)) {
          for (const [times, wide] of parts(most.columns, columns)) {
            for (const [repeats, length] of parts(most.vectors, vectors)) {
              const width = wide * length;
              // Eight multiply-adds must be on their way to keep two units busy.
              time += count * times * repeats * Math.max(height * width, height + width, 8);
            }
          }
        }
        if (time < least) [best, least] = [{ rows, columns, vectors }, time];
      }
    }
  }
  return best;
}

/** How often an axis is cut into parts of a length, and the length of the part that is left. */
function parts(length: number, part: number): readonly (readonly [count: number, length: number])[] {
  const rest = length % part;
  return [[Math.floor(length / part), part], ...(rest > 0 ? [[1, rest] as const] : [])];
}

/** The rows of a contraction that are computed together: chunks of them should be multiples of it. */
export function rowsOfTile(kernel: ContractionKernel, relaxed: boolean): number {
  const { rowAxis, rows } = tilingOf(kernel, relaxed);
  return rowAxis === 0 ? rows : 1;
}

/** Writes a contraction. */
export function writeContraction(f: FunctionBody, context: Context, kernel: ContractionKernel, rows: number): void {
  const tiling = tilingOf(kernel, context.relaxed);
  const { collapsed, depthFrom, laneAxis, alongDepth, rowAxis, columnAxis } = tiling;
  const nest = nestOver(f, context, collapsed, rows);
  const full = lanesOf(kernel.to.buffer.dtype);
  const steps = nest.lengths.map(() => 1);
  if (rowAxis >= 0) steps[rowAxis] = tiling.rows;
  if (columnAxis >= 0) steps[columnAxis] = tiling.columns;
  if (laneAxis >= 0 && !alongDepth) steps[laneAxis] = tiling.vectors * full;
  const counts = steps.map(() => 1);
  const openFrom = (axis: number): void => {
    if (axis === depthFrom) {
      writeTile(nest, context, kernel, tiling, {
        rows: counts[rowAxis] ?? 1,
        columns: counts[columnAxis] ?? 1,
        elements: alongDepth ? 1 : (counts[laneAxis] ?? 1),
      });
      return;
    }
    const step = steps[axis]!;
    const tilesOf = (count: number) => (): void => {
      counts[axis] = count;
      openFrom(axis + 1);
    };
    for (const [, count] of parts(nest.lengths[axis]!, step)) each(nest, axis, count, tilesOf(count));
    if (axis === 0 && step > 1) eachRowLeft(nest, tilesOf(1));
  };
  openFrom(0);
}

/** The size of one tile; `elements` of the result along the axis of the lanes. */
interface Extent {
  readonly rows: number;
  readonly columns: number;
  readonly elements: number;
}

/** A vector of sums: which row of the tile it belongs to, and where it begins in its row. */
interface Place {
  readonly row: number;
  readonly column: number;
  readonly from: number;
  readonly lanes: number;
}

/** Writes one tile of sums, from the present element on. */
function writeTile(
  nest: LoopNest,
  context: Context,
  kernel: ContractionKernel,
  tiling: Tiling,
  { rows, columns, elements }: Extent,
): void {
  const { f, lengths } = nest;
  const { to, lost, epilogue } = kernel;
  const { depthFrom, laneAxis, alongDepth, factors, paired, rowAxis, columnAxis } = tiling;
  const { dtype } = to.buffer;
  const full = lanesOf(dtype);
  const across: Place[] = [];
  for (let column = 0; column < columns; column++) {
    for (let from = 0; from < elements; from += full) {
      across.push({ row: 0, column, from, lanes: alongDepth ? full : Math.min(full, elements - from) });
    }
  }
  const places = Array.from({ length: rows }, (_, row) => across.map((place) => ({ ...place, row }))).flat();
  const sums = f.locals(v128, places.length);
  /** Lanes that a view sees at a place, and some steps further along an axis of the depth. */
  const at = (view: StridedView, place: Place, lanes: number, axis: number, step: number): VectorAccess => {
    const moved = lengths.map(() => 0);
    if (rowAxis >= 0) moved[rowAxis] = place.row;
    if (columnAxis >= 0) moved[columnAxis] = place.column;
    if (laneAxis >= 0) moved[laneAxis]! += place.from;
    if (axis >= depthFrom) moved[axis]! += step;
    return lanesAt(nest, view, moved, laneAxis, lanes);
  };

  const inner = lengths.length - 1;
  const columnsFirst = across.length <= rows;
  const kept = f.locals(v128, Math.min(across.length, rows));
  const passing = f.local(v128);
  const fused = isFused(dtype, context.relaxed);
  const multiplyAdd = widthOf(dtype) === 8 ? op.f64x2_relaxed_madd : op.f32x4_relaxed_madd;
  const multiply = instructionOf(elementwise.mul, dtype);
  const add = instructionOf(elementwise.add, dtype);
  /** Adds the products of one element of the depth, or of one vector of them. */
  const addProducts = (step: number, lanes: number): void => {
    const load = (view: StridedView, place: Place, local: Local): void => {
      const access = at(view, place, alongDepth ? lanes : place.lanes, inner, step);
      // Lanes behind the last element of the depth must not count.
      if (alongDepth) loadOnly(f, access);
      else loadLanes(f, access);
      f.set(local);
    };
    const addProduct = (one: number, left: Local, right: Local): void => {
      const sum = sums[one]!;
      if (fused) f.do(multiplyAdd, left, right, sum);
      else f.get(sum).do(multiply, left, right).do(add);
      f.set(sum);
    };
    if (paired) {
      places.forEach((place, one) => {
        load(factors[0], place, kept[0]!);
        load(factors[1], place, passing);
        addProduct(one, kept[0]!, passing);
      });
      return;
    }
    const loadRow = (row: number, local: Local): void => load(factors[0], { ...across[0]!, row }, local);
    const loadColumn = (column: number, local: Local): void => load(factors[1], across[column]!, local);
    const [outer, within] = columnsFirst ? [loadColumn, loadRow] : [loadRow, loadColumn];
    kept.forEach((local, one) => outer(one, local));
    for (let other = 0; other < Math.max(across.length, rows); other++) {
      within(other, passing);
      kept.forEach((local, one) => {
        const [row, column] = columnsFirst ? [other, one] : [one, other];
        addProduct(row * across.length + column, local, passing);
      });
    }
  };
  const products = (): void => {
    if (inner < depthFrom) addProducts(0, 1);
    else if (alongDepth) {
      each(nest, inner, full, () => addProducts(0, full));
      const rest = lengths[inner]! % full;
      if (rest > 0) each(nest, inner, rest, () => addProducts(0, rest));
    } else {
      const step = lengths[inner]! <= unrolled ? lengths[inner]! : 1;
      each(nest, inner, step, () => {
        for (let element = 0; element < step; element++) addProducts(element, 1);
      });
    }
  };
  const zero = f.local(v128);
  const addUp = (axis: number): void => {
    for (const sum of sums) f.get(zero).set(sum);
    enter(nest, axis, inner);
    products();
    if (axis <= inner) leave(nest, axis, inner);
  };
  const block = isFloating(dtype)
    ? blockOf(lengths, depthFrom, alongDepth ? longestChain * full : longestChain)
    : undefined;
  const totals = block ? f.locals(v128, sums.length) : sums;
  if (block) {
    const { axis, length } = block;
    const depth = lengths.slice(depthFrom).reduce((product, one) => product * one, 1);
    const errors = depth > compensatedFrom ? f.locals(v128, sums.length) : [];
    for (const local of [...totals, ...errors]) f.get(zero).set(local);
    const addBlock = (): void => {
      addUp(axis);
      sums.forEach((sum, one) => {
        const error = errors[one];
        if (error) addCompensated(f, dtype, totals[one]!, error, sum);
        else f.do(add, totals[one], sum).set(totals[one]!);
      });
    };
    enter(nest, depthFrom, axis);
    each(nest, axis, length, addBlock);
    if (lengths[axis]! % length > 0) each(nest, axis, lengths[axis]! % length, addBlock);
    leave(nest, depthFrom, axis);
  } else addUp(depthFrom);

  places.forEach((place, one) => {
    const sum = totals[one]!;
    if (alongDepth) addLanes(f, dtype, sum);
    const lanes = alongDepth ? 1 : place.lanes;
    const seenBy = (view: StridedView): VectorAccess => at(view, place, lanes, -1, 0);
    if (lost) {
      const [total, error] = f.locals(v128, 2) as [Local, Local];
      loadLanes(f, seenBy(to));
      f.set(total);
      if (isFloating(dtype)) {
        loadLanes(f, seenBy(lost));
        f.set(error);
        addCompensated(f, dtype, total, error, sum);
        storeLanes(f, seenBy(lost), error);
      } else f.do(add, total, sum).set(total);
      storeLanes(f, seenBy(to), total);
    } else if (epilogue) {
      writeStores(f, context, epilogue.stores, full, false, seenBy, new Map([[epilogue.sums, sum]]));
    } else storeLanes(f, seenBy(to), sum);
  });
}

/** As many elements of the depth are written out instead of looped. */
const unrolled = 4;

/** Adds all lanes of a vector up, in each of its lanes. */
function addLanes(f: FunctionBody, dtype: ComputeDType, sum: Local): void {
  const lanes = lanesOf(dtype);
  const width = widthOf(dtype);
  for (let distance = (lanes / 2) * width; distance >= width; distance /= 2) {
    f.get(sum).do(op.i8x16_shuffle, sum, sum);
    for (let at = 0; at < 16; at++) f.with((at + distance) % 16);
    f.do(instructionOf(elementwise.add, dtype)).set(sum);
  }
}
