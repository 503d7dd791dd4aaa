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
  if (vectors === 1) return { rows: Math.min(m, relaxed ? 12 : 10), vectors: 1 };
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

/** The addresses that a tile works on, and how far. */
export interface TileLocals {
  readonly first: Local;
  readonly second: Local;
  readonly into: Local;
  readonly depth: Local;
  /** Not 0 when the sums go on from what the result holds. */
  readonly onTop: Local;
}

/**
 * Writes one tile: its sums stay in registers over one sweep of the depth, which is not unrolled, as engines then run
 * out of registers.
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
  const each = (body: (sum: Local, row: number, vector: number) => void): void =>
    sums.forEach((sum, at) => body(sum, Math.floor(at / vectors), at % vectors));
  const right = f.locals('v128', rows > 1 ? vectors : 0);
  const left = f.local('v128');
  const [from, by, deeper] = f.locals('i32', 3) as [Local, Local, Local];
  f.get(first).set(from).get(second).set(by).get(depth).set(deeper);
  each((sum) => f.i32(0).do(op.i32x4_splat).set(sum));
  f.get(onTop).when(() =>
    each((sum, row, vector) =>
      f
        .get(into)
        .memory(op.v128_load, row * result + vector * 16)
        .set(sum),
    ),
  );
  f.repeat(() => {
    right.forEach((local, vector) =>
      f
        .get(by)
        .memory(op.v128_load, vector * 16)
        .set(local),
    );
    each((sum, row, vector) => {
      if (vector === 0)
        f.get(from)
          .memory(op.v128_load32_splat, row * down)
          .set(left);
      if (!relaxed) f.get(sum);
      f.get(left);
      if (rows > 1) f.get(right[vector]!);
      else f.get(by).memory(op.v128_load, vector * 16);
      if (relaxed) f.get(sum).do(op.f32x4_relaxed_madd).set(sum);
      else f.do(op.f32x4_mul, op.f32x4_add).set(sum);
    });
    f.move(from, along).move(by, deep).move(deeper, -1).get(deeper);
  });
  each((sum, row, vector) => {
    const at = row * result + vector * 16;
    const there = columns - vector * 4;
    if (there >= 4) f.get(into).get(sum).memory(op.v128_store, at);
    else
      for (let lane = 0; lane < there; lane++)
        f.get(into)
          .get(sum)
          .memoryLane(op.v128_store32_lane, at + lane * 4, lane);
  });
  f.release(...sums, ...right, left, from, by, deeper);
}
