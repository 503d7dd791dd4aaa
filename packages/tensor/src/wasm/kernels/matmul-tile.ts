import { type ComputeDType, isFloating } from '../../dtype.ts';
import type { MatMulKernel } from '../../loops/ir.ts';
import { elementwise } from '../../operations/elementwise.ts';
import type { FunctionBody, Local } from '../assembler/function-body.ts';
import * as op from '../assembler/opcode.ts';
import { i32, v128 } from '../assembler/opcode.ts';
import { widthOf } from '../context.ts';
import { instructionOf } from '../instructions.ts';
import { lanesOf, loadLanes, storeLanes, type VectorAccess } from '../vector-memory.ts';
import { addCompensated } from './compensated-sum.ts';

/** The size of a tile of a product, whose sums stay in registers: rows, and vectors of columns. */
export interface Tile {
  readonly rows: number;
  readonly vectors: number;
}

/** The largest depth that is written out instead of looped. With more, not all sums would stay in registers. */
const shallow = 4;

/** The most products that are added one after another. The relative error of such a chain is at most 2⁻¹⁹. */
export const longestChain = 64;

/** Whether a product and a sum are one instruction. There is none for integers. */
export const isFused = (dtype: ComputeDType, relaxed: boolean): boolean => relaxed && isFloating(dtype);

/** The tile for a product of m rows and n columns, each a sum of k products. */
export function tileFor(
  { m, n, k, to: { dtype } }: Pick<MatMulKernel, 'm' | 'n' | 'k'> & { readonly to: { readonly dtype: ComputeDType } },
  relaxed: boolean,
): Tile {
  const vectors = Math.ceil(n / lanesOf(dtype));
  const fused = isFused(dtype, relaxed);
  if (vectors === 1) {
    const rows = fused ? 12 : 10;
    // If 8 divides m, tiles of 8 rows need no smaller tile at the end.
    return { rows: m % rows > 0 && m % 8 === 0 ? 8 : Math.min(m, rows), vectors: 1 };
  }
  // For a small depth, storing the sums takes longer than computing them. Two rows fill whole cache lines.
  const rows = Math.min(m, k <= shallow ? 2 : fused ? 6 : 5);
  if (rows <= 3) return { rows, vectors: Math.min(vectors, m === 1 ? 12 : 6 - rows) };
  return { rows, vectors: 2 };
}

/** Stores a vector of sums, or its epilogue. `second` is the address of the tile’s columns in the second matrix. */
export type StoreSums = (f: FunctionBody, to: VectorAccess, sums: Local, second: Local) => void;

/** The tiles of one panel, one below the other. Steps are in bytes. */
export interface PanelTiles {
  /** The dtype of the matrices and of the product. */
  readonly dtype: ComputeDType;
  /** The number of rows of a tile, and of a last smaller tile, 0 without one. */
  readonly rows: number;
  readonly rest: number;
  /** The number of columns that are stored. */
  readonly columns: number;
  /** The number of products in each sum; 0 if parameters give it, and whether sums are added to the result. */
  readonly depth: number;
  /** The distance from the result to the rounding errors of its sums, if there are so many chains that they are kept. */
  readonly lost: number | undefined;
  /** The steps of the first matrix from one row to the next, and along a row. */
  readonly down: number;
  readonly along: number;
  /** The step of the panel from one row to the next. */
  readonly deep: number;
  /** The step of the product from one row to the next. */
  readonly result: number;
}

/**
 * Writes the tiles of a panel. The parameters are the addresses of the first matrix, the panel and the result, and the
 * number of rows; for a block of the depth also its depth, and 1 if it is not the first block.
 */
export function writePanelTiles(
  f: FunctionBody,
  tiles: PanelTiles,
  relaxed: boolean,
  store: StoreSums = storeLanes,
): void {
  const { rows, rest, down, result } = tiles;
  const [first, , into, left] = f.parameters as [Local, Local, Local, Local];
  for (const height of rest > 0 ? [rows, rest] : [rows]) {
    if (rest > 0) f.do(op.i32_ge_s, left, height).if();
    if (height === rows) f.loop();
    writeTile(f, tiles, height, relaxed, store);
    if (height === rows) {
      f.move(first, rows * down)
        .move(into, rows * result)
        .move(left, -rows);
      f.do(op.i32_ge_s, left, rows).again();
    }
    if (rest > 0) f.end();
  }
}

/** Writes one tile. Its sums stay in registers over a chain of products. Longer sums are added from several chains. */
function writeTile(f: FunctionBody, tiles: PanelTiles, rows: number, relaxed: boolean, store: StoreSums): void {
  const { dtype, columns, depth, down, along, deep, result, lost } = tiles;
  const { parameters } = f;
  const width = widthOf(dtype);
  const full = lanesOf(dtype);
  const fused = isFused(dtype, relaxed);
  const splat = width === 8 ? op.v128_load64_splat : op.v128_load32_splat;
  const multiplyAdd = width === 8 ? op.f64x2_relaxed_madd : op.f32x4_relaxed_madd;
  const multiply = instructionOf(elementwise.mul, dtype);
  const add = instructionOf(elementwise.add, dtype);
  const [first, second, into] = parameters as [Local, Local, Local];
  const vectors = Math.ceil(columns / full);
  const sums = f.locals(v128, rows * vectors);
  const right = f.locals(v128, vectors);
  const left = f.local(v128);
  // A new local is 0. Sums start with it, so that a sum of negative zeros is 0.
  const zero = f.local(v128);
  const from = f.local(i32);
  const by = f.local(i32);
  /** The number of products that are left, in all and in the current chain. */
  const rest = f.local(i32);
  const chain = f.local(i32);
  /** The vectors of a tile in memory; the local is the address of its corner. */
  const accesses = (local: Local): readonly VectorAccess[] =>
    sums.map((_, at) => {
      const offset = Math.floor(at / vectors) * result + (at % vectors) * 16;
      const lanes = Math.min(full, columns - (at % vectors) * full);
      return { lanes, width, stride: 1, local, offsetOf: (lane) => offset + lane * width };
    });
  const results = accesses(into);
  const storeAll = (write: StoreSums): void => results.forEach((to, at) => write(f, to, sums[at]!, second));
  const isShallow = depth > 0 && depth <= shallow;
  const inChains = depth === 0 || depth > longestChain;
  const errors = lost === undefined ? [] : accesses(f.local(i32));
  f.get(first).set(from).get(second).set(by);
  if (errors.length > 0) f.get(into).plus(lost!).set(errors[0]!.local);
  if (inChains) {
    if (depth === 0) f.do(op.i32_lt_s, parameters[5], 1).if();
    for (const to of [...results, ...errors]) storeLanes(f, to, zero);
    if (depth === 0) f.end();
    f.get(parameters[4] ?? depth)
      .set(rest)
      .loop();
    f.get(rest).get(longestChain).do(op.i32_lt_s, rest, longestChain).do(op.select).set(chain);
  } else if (!isShallow) f.i32(depth).set(chain);
  for (const sum of sums) f.get(zero).set(sum);
  if (!isShallow) f.loop();
  // Adds the products of one column of the first matrix and one row of the second.
  for (let step = 0; step < (isShallow ? depth : 1); step++) {
    for (let at = 0; at < sums.length; at++) {
      const sum = sums[at]!;
      const vector = right[at % vectors]!;
      if (at % vectors === 0) f.memory(splat, step * along + (at / vectors) * down, from).set(left);
      // Vectors of the second matrix are loaded at their first use: with a single row it is their only use.
      if (at < vectors) f.memory(op.v128_load, step * deep + at * 16, by).set(vector);
      if (fused) f.do(multiplyAdd, left, vector, sum);
      else f.get(sum).do(multiply, left, vector).do(add);
      f.set(sum);
    }
  }
  if (!isShallow) f.move(from, along).move(by, deep).move(chain, -1).get(chain).again();
  if (!inChains) {
    storeAll(store);
    return;
  }
  results.forEach((to, at) => {
    const sum = sums[at]!;
    const error = errors[at];
    loadLanes(f, to);
    if (error) {
      const [total, taken] = f.locals(v128, 2) as [Local, Local];
      f.set(total);
      loadLanes(f, error);
      f.set(taken);
      addCompensated(f, dtype, total, taken, sum);
      storeLanes(f, error, taken);
      f.get(total).set(sum);
    } else f.do(add, sum).set(sum);
  });
  f.move(rest, -longestChain);
  if (store === storeLanes) storeAll(storeLanes);
  else {
    f.do(op.i32_lt_s, 0, rest).if();
    storeAll(storeLanes);
    f.end().do(op.i32_lt_s, rest, 1).if();
    storeAll(store);
    f.end();
  }
  f.do(op.i32_lt_s, 0, rest).again();
}
