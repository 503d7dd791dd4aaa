import type { MatMulKernel } from '../../loops/kernel.ts';
import { type Lens, type Place, whole } from '../../loops/lens.ts';
import { rowMajor } from '../../strided.ts';
import { sizeOf } from '../../shape.ts';
import type { Context } from '../context.ts';
import type { FunctionBody } from '../function-body.ts';
import { Nest, tracksOver } from '../nest.ts';
import * as op from '../opcode.ts';
import { panelsOf, widened, writePacking } from './panels.ts';
import { type Steps, type Tile, tileFor, writeTile } from './tile.ts';

/** So many rows of the second matrix are worked on together, so that they stay in the cache. */
const depthOfBlock = 256;

/** The matrices of a batch, walked over one by one: as tracks of a nest, and their addresses in locals. */
function batchOf(f: FunctionBody, context: Context, { batch }: MatMulKernel, lenses: readonly Lens[], rows: number) {
  const matrices = lenses.map((lens) => ({ ...lens, strides: lens.strides.slice(0, batch.length) }));
  const { lengths, tracks } = tracksOver(batch, matrices);
  const nest = new Nest(f, context, lengths, tracks, lengths.length > 0 ? rows : 1);
  nest.enter(0, lengths.length);
  const addresses = tracks.map((track) => {
    const local = f.local('i32');
    f.plus(nest.address(track)).set(local);
    return local;
  });
  return {
    batched: lengths.length > 0,
    addresses,
    leave: (): void => {
      nest.leave(0, lengths.length);
    },
  };
}

/** The panels of a batch, in its order. */
function panelsLens(packed: Place, { batch }: MatMulKernel): Lens {
  const each = packed.size / sizeOf(batch);
  return { place: packed, strides: rowMajor(batch).map((stride) => stride * each), offset: 0 };
}

/** How many rows the copying of second matrices into panels has: those of its pass, or for a single matrix its panels. */
export function panelRows(kernel: MatMulKernel, relaxed: boolean, rows: number): number {
  if (sizeOf(kernel.batch) > 1) return rows;
  const { count, rest } = panelsOf(kernel, relaxed);
  return count + Math.sign(rest);
}

/** Writes the copying of second matrices into panels. */
export function writePanels(
  f: FunctionBody,
  context: Context,
  kernel: MatMulKernel,
  packed: Place,
  rows: number,
): void {
  const { batched, addresses, leave } = batchOf(f, context, kernel, [kernel.b, panelsLens(packed, kernel)], rows);
  const panels = panelsOf(kernel, context.relaxed);
  const [begin, end] = batched ? f.locals('i32', 2) : f.parameters;
  // Of every matrix of a batch all panels.
  if (batched)
    f.i32(0)
      .set(begin!)
      .i32(panels.count + 1)
      .set(end!);
  writePacking(f, kernel, panels, addresses[0]!, addresses[1]!, begin!, end!);
  leave();
}

/** Writes a product of matrices of float32. */
export function writeMatMul(f: FunctionBody, context: Context, kernel: MatMulKernel, rows: number): void {
  const packed = context.packed.get(kernel);
  const { batch, m, k, n, a, b, to } = kernel;
  const tile = tileFor(m, n, context.relaxed);
  const { count, width, rest } = panelsOf(kernel, context.relaxed);
  const down = a.strides.at(-2)! * 4;
  const along = a.strides.at(-1)! * 4;
  const deep = b.strides.at(-2)! * 4;
  // Bytes from one row of the second matrix to the next, and from one panel to the next.
  const rowStep = packed ? width * 4 : deep;
  const restStep = packed ? widened(rest) * 4 : deep;
  const panelStep = packed ? k * width * 4 : width * 4;

  const lenses = [a, packed ? panelsLens(packed, kernel) : b, whole(to, [...batch, m, n])];
  const { batched, addresses, leave } = batchOf(f, context, kernel, lenses, rows);
  const first = addresses[0]!;
  const second = addresses[1]!;
  const into = addresses[2]!;
  const height = f.local('i32');
  const by = f.local('i32');
  const panel = f.local('i32');
  if (batched) f.i32(m).set(height);
  else {
    const begin = f.parameters[0]!;
    const end = f.parameters[1]!;
    f.get(end).get(begin).do(op.i32_sub).set(height);
    f.get(first).get(begin).i32(down).do(op.i32_mul).do(op.i32_add).set(first);
    f.get(into)
      .get(begin)
      .i32(n * 4)
      .do(op.i32_mul)
      .do(op.i32_add)
      .set(into);
  }
  // Where the depth falls into blocks: how deep this one is, and how much is done before it.
  const depth = k > depthOfBlock ? f.local('i32') : undefined;
  const done = f.local('i32');
  if (depth) {
    f.i32(0).set(done).loop();
    f.i32(k).get(done).do(op.i32_sub).tee(depth).i32(depthOfBlock);
    f.get(depth).i32(depthOfBlock).do(op.i32_lt_s).do(op.select).set(depth);
  }
  f.get(into).set(panel);
  for (let part = 0; part < 2; part++) {
    const times = part === 0 ? count : 1;
    const columns = part === 0 ? width : rest;
    const step = part === 0 ? rowStep : restStep;
    if (times * columns === 0) continue;
    f.get(second).plus(part * count * panelStep);
    if (depth) f.get(done).i32(step).do(op.i32_mul).do(op.i32_add);
    f.set(by);
    const panels = f.times(times);
    f.get(first).get(by).get(panel).get(height);
    if (depth) f.get(depth).get(done);
    f.call(stripOf(context, kernel, tile, columns, { down, along, deep: step, result: n * 4 }));
    f.move(by, panelStep).move(panel, width * 4);
    f.next(panels);
  }
  if (depth) {
    f.move(first, depthOfBlock * along).move(done, depthOfBlock);
    f.get(done).i32(k).do(op.i32_lt_s).again();
  }
  leave();
}

/**
 * The function for one panel: tiles one below the other. Its parameters are the addresses of the first matrix, the panel
 * and the result, and how many rows there are; where the depth falls into blocks, also how deep this one is and what is
 * done before it.
 */
function stripOf(context: Context, { m, k }: MatMulKernel, tile: Tile, columns: number, steps: Steps): number {
  const { relaxed } = context;
  const vectors = Math.ceil(columns / 4);
  const { down, along, deep, result } = steps;
  const own = k > depthOfBlock ? 0 : k;
  const key = `product ${tile.rows} ${m % tile.rows} ${columns} ${own} ${down} ${along} ${deep} ${result}`;
  return context.once(key, new Array<'i32'>(own ? 4 : 6).fill('i32'), [], (f) => {
    const { parameters } = f;
    const first = parameters[0]!;
    const into = parameters[2]!;
    const left = parameters[3]!;
    const locals = { first, second: parameters[1]!, into, depth: own || parameters[4]!, onTop: parameters[5] };
    const rest = m % tile.rows;
    if (m >= tile.rows) {
      if (rest > 0) f.get(left).i32(tile.rows).do(op.i32_ge_s).if();
      f.loop();
      writeTile(f, { rows: tile.rows, vectors }, columns, steps, locals, relaxed);
      f.move(first, tile.rows * down)
        .move(into, tile.rows * result)
        .move(left, -tile.rows);
      f.get(left).i32(tile.rows).do(op.i32_ge_s).again();
      if (rest > 0) f.end();
    }
    if (rest > 0) {
      f.get(left).if();
      writeTile(f, { rows: rest, vectors }, columns, steps, locals, relaxed);
      f.end();
    }
  });
}
