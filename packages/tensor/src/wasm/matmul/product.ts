import type { MatMulKernel } from '../../loops/kernel.ts';
import { whole } from '../../loops/lens.ts';
import type { Context } from '../context.ts';
import type { FunctionBody, Local } from '../function-body.ts';
import { Nest, tracksOver } from '../nest.ts';
import * as op from '../opcode.ts';
import { panelsLens, panelsOf, widened } from './panels.ts';
import { type Steps, tileFor, writeTile } from './tile.ts';

/** So many rows of the second matrix are worked on together, so that they stay in the cache. */
const depthOfBlock = 256;

/** Writes a product of matrices of float32. */
export function writeMatMul(f: FunctionBody, context: Context, kernel: MatMulKernel, rows: number): void {
  const packed = context.packed.get(kernel);
  const { batch, m, k, n, a, b, to } = kernel;
  const down = a.strides.at(-2)! * 4;
  const along = a.strides.at(-1)! * 4;
  // What the function is called with is which of several matrices are multiplied, or which rows of a single one.
  const { lengths, tracks } = tracksOver(
    [...batch, m],
    [
      a,
      packed ? panelsLens(packed, batch) : { ...b, strides: b.strides.with(batch.length, 0) },
      whole(to, [...batch, m, n]),
    ],
    1,
  );
  const rank = lengths.length - 1;
  const nest = new Nest(f, context, lengths, tracks, rows);
  nest.enter(0, rank);
  const [first, second, into, height, by, panel] = f.locals('i32', 6) as [Local, Local, Local, Local, Local, Local];
  f.plus(nest.address(tracks[0]!)).set(first);
  f.plus(nest.address(tracks[1]!)).set(second);
  f.plus(nest.address(tracks[2]!)).set(into);
  if (rank > 0) f.i32(m);
  else f.do(op.i32_sub, f.parameters[1], f.parameters[0]);
  f.set(height);
  // Where the depth falls into blocks: how deep this one is, and how much is done before it.
  const depth = k > depthOfBlock ? f.local('i32') : undefined;
  const done = f.local('i32');
  if (depth) {
    f.i32(0).set(done).loop();
    f.do(op.i32_sub, k, done).tee(depth).i32(depthOfBlock);
    f.do(op.i32_lt_s, depth, depthOfBlock).do(op.select).set(depth);
  }
  f.get(into).set(panel);
  let before = 0;
  for (const { count, columns } of panelsOf(kernel, context.relaxed)) {
    // Bytes from one row of the second matrix to the next, and from one panel to the next.
    const deep = packed ? widened(columns) * 4 : b.strides.at(-2)! * 4;
    const beside = packed ? columns * k * 4 : columns * 4;
    f.get(second).plus(before);
    if (depth) f.do(op.i32_mul, done, deep).do(op.i32_add);
    f.set(by);
    const panels = f.times(count);
    f.get(first).get(by).get(panel).get(height);
    if (depth) f.get(depth).get(done);
    f.call(stripOf(context, kernel, columns, { down, along, deep, result: n * 4 }));
    f.move(by, beside).move(panel, columns * 4);
    f.next(panels);
    before += count * beside;
  }
  if (depth) {
    f.move(first, depthOfBlock * along).move(done, depthOfBlock);
    f.do(op.i32_lt_s, done, k).again();
  }
  nest.leave(0, rank);
}

/**
 * The function for one panel: tiles one below the other. Its parameters are the addresses of the first matrix, the panel
 * and the result, and how many rows there are; where the depth falls into blocks, also how deep this one is and what is
 * done before it.
 */
function stripOf(context: Context, { m, k, n }: MatMulKernel, columns: number, steps: Steps): number {
  const { rows } = tileFor(m, n, context.relaxed);
  const rest = m % rows;
  const depth = k > depthOfBlock ? 0 : k;
  const { down, along, deep, result } = steps;
  const key = `product ${rows} ${rest} ${columns} ${depth} ${down} ${along} ${deep} ${result}`;
  return context.once(key, new Array<'i32'>(depth > 0 ? 4 : 6).fill('i32'), [], (f) => {
    const [first, second, into, left, deeper, onTop] = f.parameters as [Local, Local, Local, Local, Local?, Local?];
    const addresses = { first, second, into, depth: deeper ?? depth, onTop };
    for (const height of rest > 0 ? [rows, rest] : [rows]) {
      if (rest > 0) f.do(op.i32_ge_s, left, height).if();
      if (height === rows) f.loop();
      writeTile(f, height, columns, steps, addresses, context.relaxed);
      if (height === rows) {
        f.move(first, rows * down)
          .move(into, rows * result)
          .move(left, -rows);
        f.do(op.i32_ge_s, left, rows).again();
      }
      if (rest > 0) f.end();
    }
  });
}
