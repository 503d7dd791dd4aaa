import type { FunctionBody, Local } from '../function-body.ts';
import { evenly, storeLanes } from '../memory-lanes.ts';
import * as op from '../opcode.ts';

/** Rows, and vectors of columns, whose sums one tile of a product holds in registers. */
export interface Tile {
  readonly rows: number;
  readonly vectors: number;
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
 * @param columns  how many columns it stores, in as many vectors as that takes
 */
export function writeTile(
  f: FunctionBody,
  rows: number,
  columns: number,
  { down, along, deep, result }: Steps,
  { first, second, into, depth, onTop }: TileLocals,
  relaxed: boolean,
): void {
  const vectors = Math.ceil(columns / 4);
  const sums = f.locals('v128', rows * vectors);
  const right = f.locals('v128', vectors);
  const left = f.local('v128');
  // Where each vector of sums belongs, from the corner of the tile on.
  const places: number[] = [];
  for (let row = 0; row < rows; row++)
    for (let vector = 0; vector < vectors; vector++) places.push(row * result + vector * 16);
  const from = f.local('i32');
  const by = f.local('i32');
  const deeper = f.local('i32');
  f.get(first).set(from).get(second).set(by);
  const isShallow = typeof depth === 'number' && depth <= shallow;
  if (!isShallow) {
    for (const sum of sums) f.do(op.i32x4_splat, 0).set(sum);
    if (onTop) {
      f.get(onTop).if();
      for (let at = 0; at < sums.length; at++) f.memory(op.v128_load, places[at], into).set(sums[at]!);
      f.end();
    }
    f.put(depth).set(deeper).loop();
  }
  // The products of one column of the first matrix and one row of the second: the first sums, or added to them.
  for (let step = 0; step < (isShallow ? depth : 1); step++) {
    for (let at = 0; at < sums.length; at++) {
      const sum = sums[at]!;
      const vector = right[at % vectors]!;
      if (at % vectors === 0) f.memory(op.v128_load32_splat, step * along + (at / vectors) * down, from).set(left);
      // Each vector of the second matrix is read where it is first used: for a single row it is not used again.
      if (at < vectors) f.memory(op.v128_load, step * deep + at * 16, by).set(vector);
      if (isShallow && step === 0) f.do(op.f32x4_mul, left, vector);
      else if (relaxed) f.do(op.f32x4_relaxed_madd, left, vector, sum);
      else f.get(sum).do(op.f32x4_mul, left, vector).do(op.f32x4_add);
      f.set(sum);
    }
  }
  if (!isShallow) f.move(from, along).move(by, deep).move(deeper, -1).get(deeper).again();
  for (let at = 0; at < sums.length; at++) {
    const there = Math.min(4, columns - (at % vectors) * 4);
    storeLanes(f, sums[at]!, { local: into, offset: places[at]! }, evenly(0, 1, there));
  }
}
