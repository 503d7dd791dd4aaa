import type { MatMulKernel } from '../../loops/ir.ts';
import type { FunctionBody, Local } from '../assembler/function-body.ts';
import * as op from '../assembler/opcode.ts';
import { i32, v128 } from '../assembler/opcode.ts';
import { storeLanes, type VectorAccess } from '../vector-memory.ts';

/** Rows, and vectors of columns, whose sums one tile of a product holds in registers. */
export interface Tile {
  readonly rows: number;
  readonly vectors: number;
}

/** So few steps of the depth are written out instead of looped; more would not leave all sums in registers. */
const shallow = 4;

/** The tile for a product of m rows and n columns, of which each number is a sum of k products. */
export function tileFor({ m, n, k }: Pick<MatMulKernel, 'm' | 'n' | 'k'>, relaxed: boolean): Tile {
  const vectors = Math.ceil(n / 4);
  if (vectors === 1) {
    const rows = relaxed ? 12 : 10;
    // Where eight rows come out even, no other tile is needed.
    return { rows: m % rows > 0 && m % 8 === 0 ? 8 : Math.min(m, rows), vectors: 1 };
  }
  // Few products take less time than storing what they come to, which goes by whole lines of the cache.
  const rows = Math.min(m, k <= shallow ? 2 : relaxed ? 6 : 5);
  if (rows <= 3) return { rows, vectors: Math.min(vectors, m === 1 ? 12 : 6 - rows) };
  return { rows, vectors: 2 };
}

/**
 * Stores a vector of sums where it belongs, or what is computed from it. At the address `second` the second matrix begins
 * with the columns of the tile.
 */
export type StoreSums = (f: FunctionBody, to: VectorAccess, sums: Local, second: Local) => void;

/** The tiles of one panel, one below the other. Steps are in bytes from one number to the next. */
export interface PanelTiles {
  /** How many rows a tile has, and how many are left for the last one. */
  readonly rows: number;
  readonly rest: number;
  /** How many columns are stored, of as many vectors as that takes. */
  readonly columns: number;
  /** How many products each sum is of; 0 where parameters say that, and whether they add to what the result holds. */
  readonly depth: number;
  /** Steps of the first matrix, down its rows and along them. */
  readonly down: number;
  readonly along: number;
  /** Step of the panel, down its rows. */
  readonly deep: number;
  /** Step of the product, down its rows. */
  readonly result: number;
}

/**
 * Writes the tiles of a panel. The parameters are the addresses of the first matrix, the panel and the result, how many
 * rows there are; for a block of the depth also how deep it is, and not 0 when others were before.
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

/** Writes one tile: its sums stay in registers over one sweep of the depth. */
function writeTile(
  f: FunctionBody,
  { columns, depth, down, along, deep, result }: PanelTiles,
  rows: number,
  relaxed: boolean,
  store: StoreSums,
): void {
  const { parameters } = f;
  const [first, second, into] = parameters as [Local, Local, Local];
  const vectors = Math.ceil(columns / 4);
  const sums = f.locals(v128, rows * vectors);
  const right = f.locals(v128, vectors);
  const left = f.local(v128);
  // Where each vector of sums belongs, from the corner of the tile on.
  const offsets: number[] = [];
  for (let row = 0; row < rows; row++)
    for (let vector = 0; vector < vectors; vector++) offsets.push(row * result + vector * 16);
  const from = f.local(i32);
  const by = f.local(i32);
  const deeper = f.local(i32);
  f.get(first).set(from).get(second).set(by);
  const isShallow = depth > 0 && depth <= shallow;
  // Sums begin with 0, as locals do, so that of negative zeros alone they are 0, as everywhere.
  const zero = f.local(v128);
  for (let at = 0; at < sums.length; at++) f.get(zero).set(sums[at]!);
  if (!isShallow) {
    if (depth === 0) {
      f.get(parameters[5]!).if();
      for (let at = 0; at < sums.length; at++) f.memory(op.v128_load, offsets[at], into).set(sums[at]!);
      f.end();
    }
    f.get(parameters[4] ?? depth)
      .set(deeper)
      .loop();
  }
  // The products of one column of the first matrix and one row of the second are added to them.
  for (let step = 0; step < (isShallow ? depth : 1); step++) {
    for (let at = 0; at < sums.length; at++) {
      const sum = sums[at]!;
      const vector = right[at % vectors]!;
      if (at % vectors === 0) f.memory(op.v128_load32_splat, step * along + (at / vectors) * down, from).set(left);
      // Each vector of the second matrix is read where it is first used: for a single row it is not used again.
      if (at < vectors) f.memory(op.v128_load, step * deep + at * 16, by).set(vector);
      if (relaxed) f.do(op.f32x4_relaxed_madd, left, vector, sum);
      else f.get(sum).do(op.f32x4_mul, left, vector).do(op.f32x4_add);
      f.set(sum);
    }
  }
  if (!isShallow) f.move(from, along).move(by, deep).move(deeper, -1).get(deeper).again();
  for (let at = 0; at < sums.length; at++) {
    const there = Math.min(4, columns - (at % vectors) * 4);
    const to: VectorAccess = { lanes: there, apart: 1, local: into, offsetOf: (lane) => offsets[at]! + lane * 4 };
    store(f, to, sums[at]!, second);
  }
}
