import type { FunctionBody, Local } from '../function-body.ts';
import * as op from '../opcode.ts';

/** Rows, and vectors of columns, whose sums one tile of a product holds in registers. */
export interface Tile {
  readonly rows: number;
  readonly vectors: number;
}

/** Engines keep about so many vectors in registers. */
const registers = 15;

/** How many registers a tile takes: its sums, what they are fed from, and without fused multiply-add one product. */
function registersOf({ rows, vectors }: Tile, relaxed: boolean): number {
  // A single row uses each vector of the second matrix once, straight from memory.
  return rows * vectors + (rows > 1 ? vectors : 1) + 1 + (relaxed ? 0 : 1);
}

/** The tile for a product of m rows and n columns. */
export function tileFor(m: number, n: number, relaxed: boolean): Tile {
  const vectors = Math.ceil(n / 4);
  if (vectors === 1) {
    const rows = relaxed ? 12 : 10;
    // Where eight rows come out even, no other tile is needed.
    return { rows: m % rows > 0 && m % 8 === 0 ? 8 : Math.min(m, rows), vectors: 1 };
  }
  if (m === 1) return { rows: 1, vectors: Math.min(vectors, 12) };
  if (m <= 3) return { rows: m, vectors: Math.min(vectors, 6 - m) };
  return { rows: Math.min(m, relaxed ? 6 : 5), vectors: 2 };
}

/** How the numbers of a product lie in memory, in bytes from one to the next. */
export interface Steps {
  /** Of the first matrix, down its rows and along them. */
  readonly down: number;
  readonly along: number;
  /** Of the second matrix, down its rows. */
  readonly deep: number;
  /** Of the product, down its rows. */
  readonly result: number;
}

/** The addresses that a tile works on, and how deep it goes. */
export interface TileLocals {
  readonly first: Local;
  readonly second: Local;
  readonly into: Local;
  /** A number where it is known beforehand. */
  readonly depth: Local | number;
  /** Not 0 when the sums go on from what the result holds; there is none where they never do. */
  readonly onTop: Local | undefined;
}

/** So few steps are written out instead of looped; more would not leave all sums in registers. */
const shallow = 4;

/**
 * Writes one tile: its sums stay in registers over one sweep of the depth.
 *
 * @param columns  how many columns it stores, at most those of its vectors
 */
export function writeTile(
  f: FunctionBody,
  tile: Tile,
  columns: number,
  { down, along, deep, result }: Steps,
  { first, second, into, depth, onTop }: TileLocals,
  relaxed: boolean,
): void {
  if (registersOf(tile, relaxed) > registers) throw new Error(`A tile of ${tile.rows}×${tile.vectors} would spill.`);
  const { rows, vectors } = tile;
  const sums = f.locals('v128', rows * vectors);
  const right = f.locals('v128', rows > 1 ? vectors : 0);
  const left = f.local('v128');
  if (typeof depth === 'number' && depth <= shallow) {
    for (let step = 0; step < depth; step++) multiply(first, step * along, second, step * deep, step === 0);
  } else {
    for (const sum of sums) f.i32(0).do(op.i32x4_splat).set(sum);
    if (onTop) {
      f.get(onTop).if();
      for (let at = 0; at < sums.length; at++) f.get(into).memory(op.v128_load, addressOf(at)).set(sums[at]!);
      f.end();
    }
    const from = f.local('i32');
    const by = f.local('i32');
    const deeper = f.local('i32');
    f.get(first).set(from).get(second).set(by);
    if (typeof depth === 'number') f.i32(depth);
    else f.get(depth);
    f.set(deeper).loop();
    multiply(from, 0, by, 0, false);
    f.move(from, along).move(by, deep).move(deeper, -1).get(deeper).again();
    f.release(from, by, deeper);
  }
  for (let at = 0; at < sums.length; at++) {
    const there = columns - (at % vectors) * 4;
    if (there >= 4) f.get(into).get(sums[at]!).memory(op.v128_store, addressOf(at));
    else
      for (let lane = 0; lane < there; lane++)
        f.get(into)
          .get(sums[at]!)
          .memoryLane(op.v128_store32_lane, addressOf(at) + lane * 4, lane);
  }
  f.release(...sums, ...right, left);

  /** The products of one column of the first matrix and one row of the second: the first sums, or added to them. */
  function multiply(from: Local, fromAway: number, by: Local, byAway: number, starts: boolean): void {
    for (let vector = 0; vector < right.length; vector++)
      f.get(by)
        .memory(op.v128_load, byAway + vector * 16)
        .set(right[vector]!);
    for (let at = 0; at < sums.length; at++) {
      const vector = at % vectors;
      const sum = sums[at]!;
      if (vector === 0)
        f.get(from)
          .memory(op.v128_load32_splat, fromAway + (at / vectors) * down)
          .set(left);
      if (!starts && !relaxed) f.get(sum);
      f.get(left);
      if (rows > 1) f.get(right[vector]!);
      else f.get(by).memory(op.v128_load, byAway + vector * 16);
      if (starts) f.do(op.f32x4_mul);
      else if (relaxed) f.get(sum).do(op.f32x4_relaxed_madd);
      else f.do(op.f32x4_mul).do(op.f32x4_add);
      f.set(sum);
    }
  }

  /** Where a vector of sums belongs, from the corner of the tile on. */
  function addressOf(at: number): number {
    return Math.floor(at / vectors) * result + (at % vectors) * 16;
  }
}
