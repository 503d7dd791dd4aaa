import type { MatMulKernel } from '../../loops/kernel.ts';
import { still, whole } from '../../loops/lens.ts';
import type { Context } from '../context.ts';
import type { FunctionBody } from '../function-body.ts';
import { close, enter, leave, nestOver, open, putElement, tracksOver } from '../nest.ts';
import * as op from '../opcode.ts';
import { i32, type ValueType } from '../value-type.ts';
import { panelsLens, panelsOf } from './panels.ts';
import { type StoreSums, type Strip, tileFor, writeStrip } from './tile.ts';

/** So many rows of the second matrix are worked on together, so that they stay in the cache. */
export const depthOfBlock = 256;

/** Writes a product of matrices of float32. `store` handles the sums, where they are not simply stored. */
export function writeMatMul(
  f: FunctionBody,
  context: Context,
  kernel: MatMulKernel,
  rows: number,
  store: StoreSums | undefined,
): void {
  const { relaxed } = context;
  const packed = context.packed.get(kernel);
  const { batch, m, k, n, a, to } = kernel;
  const panels = panelsOf(kernel, relaxed);
  const seconds = panels.map((one) => panelsLens(kernel, one, packed));
  const starts = seconds.map((lens) => still(lens, batch.length));
  const result = still(whole(to, [...batch, m, n]), batch.length + 1);
  const nest = nestOver(f, context, tracksOver([...batch, m, k], [a, result, ...starts], 2), rows);
  const rank = nest.lengths.length - 2;
  enter(nest, 0, rank);
  const height = f.local(i32);
  const by = f.local(i32);
  const into = f.local(i32);
  // What the function is called with is which of several matrices are multiplied, or which rows of a single one.
  if (rank > 0) f.i32(m);
  else f.do(op.i32_sub, f.parameters[1], f.parameters[0]);
  f.set(height);
  // Where the depth falls into blocks, those after the first add to what the result holds.
  const inBlocks = k > depthOfBlock;
  const onTop = f.local(i32);
  if (inBlocks) f.i32(0).set(onTop);
  const { rows: tile } = tileFor(kernel, relaxed);
  for (const depth of [depthOfBlock, k % depthOfBlock]) {
    if (open(nest, rank + 1, depth) === 0) continue;
    for (let at = 0; at < panels.length; at++) {
      const { count, columns, from } = panels[at]!;
      const { strides } = seconds[at]!;
      const strip: Strip = {
        rows: tile,
        rest: m % tile,
        columns,
        depth: inBlocks ? 0 : k,
        down: a.strides.at(-2)! * 4,
        along: a.strides.at(-1)! * 4,
        deep: strides.at(-2)! * 4,
        result: n * 4,
      };
      f.plus(putElement(nest, starts[at]!)).set(by);
      f.plus(putElement(nest, result) + from * 4).set(into);
      const left = f.times(count);
      f.plus(putElement(nest, a)).get(by).get(into).get(height);
      if (inBlocks) f.i32(depth).get(onTop);
      f.call(
        context.once(
          // A product that stores something else has its own.
          [...Object.values(strip), store && f.index].join(),
          new Array<ValueType>(inBlocks ? 6 : 4).fill(i32),
          [],
          (g) => writeStrip(g, strip, relaxed, store),
        ),
      );
      f.move(by, strides.at(-3)! * 4).move(into, columns * 4);
      f.next(left);
    }
    if (inBlocks) f.i32(1).set(onTop);
    close(nest);
  }
  leave(nest, 0, rank);
}
