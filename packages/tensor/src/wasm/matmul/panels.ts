import type { MatMulKernel } from '../../loops/kernel.ts';
import { type Lens, type Place, placeFor } from '../../loops/lens.ts';
import { sizeOf } from '../../shape.ts';
import { rowMajor } from '../../strided.ts';
import type { Context } from '../context.ts';
import type { FunctionBody } from '../function-body.ts';
import { evenly, loadLanes } from '../memory-lanes.ts';
import * as op from '../opcode.ts';
import { matricesOf } from './matrices.ts';
import { tileFor } from './tile.ts';

/** The second matrix is copied into panels when it is larger than this, in elements, or its rows do not lie. */
const packedFrom = 32_768;

/** Panels of equal width, one beside the other. */
export interface Panels {
  readonly count: number;
  readonly columns: number;
}

/** The columns of a second matrix as panels as wide as a tile, and a narrower one at the end. */
export function panelsOf({ m, n }: MatMulKernel, relaxed: boolean): readonly Panels[] {
  const columns = tileFor(m, n, relaxed).vectors * 4;
  const panels: Panels[] = [];
  if (n >= columns) panels.push({ count: Math.floor(n / columns), columns });
  if (n % columns > 0) panels.push({ count: 1, columns: n % columns });
  return panels;
}

/** Columns rounded up to whole vectors. */
export const widened = (columns: number): number => Math.ceil(columns / 4) * 4;

/** Only products of float32 are carried out in vectors. */
export function inVectors({ a, b, to }: MatMulKernel): boolean {
  return [a.place, b.place, to].every(({ dtype }) => dtype === 'float32');
}

/** The place for the panels of a product whose second matrix is copied, each read from top to bottom. */
export function packedPlace(kernel: MatMulKernel): Place | undefined {
  const { batch, m, k, n, b } = kernel;
  const stays = (b.strides.at(-1) === 1 || n === 1) && (k * n <= packedFrom || m <= 3);
  if (stays || !inVectors(kernel)) return undefined;
  return placeFor([...batch, k, widened(n)], 'float32');
}

/** The panels of a batch, in its order. */
export function panelsLens(packed: Place, batch: readonly number[]): Lens {
  const each = packed.size / sizeOf(batch);
  return { place: packed, strides: rowMajor(batch).map((stride) => stride * each), offset: 0 };
}

/** How many rows the copying of second matrices into panels has: those of its pass, or for a single matrix its panels. */
export function panelRows(kernel: MatMulKernel, relaxed: boolean, rows: number): number {
  return sizeOf(kernel.batch) > 1 ? rows : Math.ceil(kernel.n / panelsOf(kernel, relaxed)[0]!.columns);
}

/** Writes the copying of second matrices into panels. */
export function writePanels(
  f: FunctionBody,
  context: Context,
  kernel: MatMulKernel,
  packed: Place,
  rows: number,
): void {
  const { batch, k, n, b } = kernel;
  const panels = panelsOf(kernel, context.relaxed);
  const width = panels[0]!.columns;
  const down = b.strides.at(-2)!;
  const right = b.strides.at(-1)!;
  const steps = [width * right * 4, width * k * 4];
  const lenses = [b, panelsLens(packed, batch)];
  const { begin, end, addresses, nest, rank } = matricesOf(
    f,
    context,
    batch,
    lenses,
    steps,
    Math.ceil(n / width),
    rows,
  );
  const source = addresses[0]!;
  const into = addresses[1]!;
  const from = f.local('i32');
  const until = f.local('i32');
  let done = 0;
  for (const { count, columns } of panels) {
    done += count;
    f.get(end).i32(done).do(op.i32_lt_s, end, done).do(op.select).set(until);
    f.do(op.i32_lt_s, begin, until).if().loop();
    f.get(source).set(from);
    const left = f.times(k);
    for (let first = 0; first < columns; first += 4) {
      f.get(into);
      loadLanes(f, { local: from, offset: 0 }, evenly(first * right, right, Math.min(4, columns - first)));
      f.memory(op.v128_store, first * 4);
    }
    f.move(from, down * 4).move(into, widened(columns) * 4);
    f.next(left);
    f.move(source, columns * right * 4).move(begin, 1);
    f.do(op.i32_lt_s, begin, until).again().end();
  }
  nest.leave(0, rank);
}
