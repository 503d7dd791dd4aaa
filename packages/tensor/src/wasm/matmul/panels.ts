import type { MatMulKernel } from '../../loops/kernel.ts';
import { type Place, placeFor } from '../../loops/lens.ts';
import type { FunctionBody, Local } from '../function-body.ts';
import * as op from '../opcode.ts';
import { tileFor } from './tile.ts';

/** The second matrix is copied into panels when it is larger than this, in elements, or its rows do not lie. */
const packedFrom = 32_768;

/** The columns of a second matrix as panels as wide as a tile, and a narrower one at the end. */
export interface Panels {
  /** How many there are of full width. */
  readonly count: number;
  /** How many columns they have. */
  readonly width: number;
  /** The columns of the last one, 0 where there is none. */
  readonly rest: number;
}

export function panelsOf({ m, n }: MatMulKernel, relaxed: boolean): Panels {
  const width = tileFor(m, n, relaxed).vectors * 4;
  return { count: Math.floor(n / width), width, rest: n % width };
}

/** Only products of float32 are carried out in vectors. */
export function inVectors({ a, b, to }: MatMulKernel): boolean {
  return [a.place, b.place, to].every(({ dtype }) => dtype === 'float32');
}

/** The place for the panels of a product whose second matrix is copied, each read from top to bottom. */
export function packedPlace(kernel: MatMulKernel, relaxed: boolean): Place | undefined {
  if (!inVectors(kernel)) return undefined;
  const { batch, m, k, n, b } = kernel;
  if ((b.strides.at(-1) === 1 || n === 1) && (k * n <= packedFrom || m <= 3)) return undefined;
  const { count, width, rest } = panelsOf(kernel, relaxed);
  return placeFor([...batch, k, count * width + widened(rest)], 'float32');
}

/** Columns rounded up to whole vectors. */
export const widened = (columns: number): number => Math.ceil(columns / 4) * 4;

/**
 * Writes the copying of a matrix, from the address `source`, into panels from `into` on, from panel `begin` up to `end`;
 * the locals are moved.
 */
export function writePacking(
  f: FunctionBody,
  { k, b }: MatMulKernel,
  { count, width, rest }: Panels,
  source: Local,
  into: Local,
  begin: Local,
  end: Local,
): void {
  const down = b.strides.at(-2)! * 4;
  const right = b.strides.at(-1)! * 4;
  const from = f.local('i32');
  f.get(begin)
    .i32(width * right)
    .do(op.i32_mul)
    .get(source)
    .do(op.i32_add)
    .set(source);
  f.get(begin)
    .i32(k * width * 4)
    .do(op.i32_mul)
    .get(into)
    .do(op.i32_add)
    .set(into);
  for (let part = 0; part < 2; part++) {
    const columns = part === 0 ? width : rest;
    const until = count + part;
    if (columns === 0 || until === 0) continue;
    const more = (): FunctionBody =>
      f.get(begin).get(end).do(op.i32_lt_s).get(begin).i32(until).do(op.i32_lt_s).do(op.i32_and);
    more().if().loop();
    f.get(source).set(from);
    const rows = f.times(k);
    for (let left = 0; left < columns; left += 4) {
      const there = Math.min(4, columns - left);
      f.get(into);
      if (right === 4 && there === 4) f.get(from).memory(op.v128_load, left * right);
      else {
        for (let lane = 0; lane < there; lane++) f.get(from);
        f.memory(op.v128_load32_zero, left * right);
        for (let lane = 1; lane < there; lane++) f.memoryLane(op.v128_load32_lane, (left + lane) * right, lane);
      }
      f.memory(op.v128_store, left * 4);
    }
    f.move(from, down).move(into, widened(columns) * 4);
    f.next(rows);
    f.move(source, columns * right);
    f.move(begin, 1);
    more().again().end();
  }
}
