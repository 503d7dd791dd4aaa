import { type ComputeDType, isFloating } from '../../dtype.ts';
import {
  type StridedView,
  mapped,
  multiplied,
  type MatMulKernel,
  type Buffer,
  newBuffer,
  fixedAlong,
  type ScheduledKernel,
  whole,
} from '../../loops/ir.ts';
import { sizeOf } from '../../shape.ts';
import { rowMajor } from '../../strided.ts';
import type { FunctionBody } from '../assembler/function-body.ts';
import * as op from '../assembler/opcode.ts';
import { i32, type ValueType } from '../assembler/opcode.ts';
import { type Context, widthOf } from '../context.ts';
import { close, enter, leave, nestOver, open, putElement, collapseOver } from '../loop-nest.ts';
import { lanesOf } from '../vector-memory.ts';
import { type StoreSums, type PanelTiles, tileFor, writePanelTiles } from './matmul-tile.ts';

/** The second matrix is packed into panels if it has more elements than this, or its rows are not contiguous. */
const packedFrom = 32_768;

/** Adjacent panels of equal width. */
export interface Panels {
  readonly count: number;
  readonly columns: number;
  /** Their first column. */
  readonly from: number;
}

/** The columns of a second matrix as panels of the width of a tile, and a narrower one at the end. */
function panelsOf(kernel: MatMulKernel, relaxed: boolean): readonly Panels[] {
  const { n } = kernel;
  const width = tileFor(kernel, relaxed).vectors * lanesOf(kernel.to.dtype);
  const rest = n % width;
  const panels: Panels[] = [];
  if (n >= width) panels.push({ count: Math.floor(n / width), columns: width, from: 0 });
  if (rest > 0) panels.push({ count: 1, columns: rest, from: n - rest });
  return panels;
}

/** A view of panels: over the batch, the panels, the rows of the matrix, and the columns of a panel. */
function panelView(
  { batch, k, b, to }: MatMulKernel,
  { columns, from }: Panels,
  packed: Buffer | undefined,
): StridedView {
  const width = widened(columns, to.dtype);
  if (packed) {
    const matrices = rowMajor([...batch, packed.size / sizeOf(batch)]).slice(0, -1);
    return { buffer: packed, strides: [...matrices, k * width, width, 1], offset: k * from };
  }
  const right = b.strides.at(-1)!;
  return { ...b, strides: b.strides.toSpliced(batch.length, 0, columns * right), offset: b.offset + from * right };
}

/** Columns rounded up to whole vectors. */
function widened(columns: number, dtype: ComputeDType): number {
  const lanes = lanesOf(dtype);
  return Math.ceil(columns / lanes) * lanes;
}

/** The buffer for the packed panels of a product; undefined if its second matrix is read in place. */
function packedBuffer(kernel: MatMulKernel): Buffer | undefined {
  const { batch, m, k, n, b, to } = kernel;
  const inPlace = (b.strides.at(-1) === 1 || n === 1) && (k * n <= packedFrom || m <= 3);
  return inPlace ? undefined : newBuffer([...batch, k, widened(n, to.dtype)], to.dtype);
}

/**
 * The kernels to run for a kernel. For a product these are the kernels that pack its second matrix, and the product with
 * its scratch buffers. Packing is scheduled like all kernels, so that it runs after the matrix is computed.
 */
export function withScratch(one: ScheduledKernel, relaxed: boolean): readonly ScheduledKernel[] {
  const { kernel } = one;
  if (kernel.kind !== 'matmul') return [one];
  const packed = packedBuffer(kernel);
  const product = multiplied({ ...kernel, packed, lost: lostBuffer(kernel) });
  if (!packed) return [product];
  const { batch, k } = kernel;
  const copies = panelsOf(kernel, relaxed).map((panels) => {
    const view = panelView(kernel, panels, undefined);
    const shape = [...batch, panels.count, k, panels.columns];
    return mapped(panelView(kernel, panels, packed), shape, { kind: 'load', dtype: packed.dtype, view });
  });
  return [...copies, product];
}

/** The number of rows of the second matrix in a block, so that they stay in the cache. */
export const depthOfBlock = 256;

/** Deeper products add so many chains that the rounding errors of these additions are kept. */
const compensatedFrom = 4096;

/** The buffer for the rounding errors of the sums of a deep product. */
function lostBuffer({ k, to }: MatMulKernel): Buffer | undefined {
  return k > compensatedFrom && isFloating(to.dtype) ? newBuffer([to.size], to.dtype) : undefined;
}

/** Writes a product of matrices of one dtype. `store` is its epilogue; without it the sums are stored. */
export function writeMatMul(
  f: FunctionBody,
  context: Context,
  kernel: MatMulKernel,
  rows: number,
  store: StoreSums | undefined,
): void {
  const { relaxed } = context;
  const { batch, m, k, n, a, to, packed, lost } = kernel;
  const panels = panelsOf(kernel, relaxed);
  const seconds = panels.map((one) => panelView(kernel, one, packed));
  const starts = seconds.map((view) => fixedAlong(view, batch.length));
  const result = fixedAlong(whole(to, [...batch, m, n]), batch.length + 1);
  const nest = nestOver(f, context, collapseOver([...batch, m, k], [a, result, ...starts], 2), rows);
  const rank = nest.lengths.length - 2;
  enter(nest, 0, rank);
  const height = f.local(i32);
  const by = f.local(i32);
  const into = f.local(i32);
  // The parameters of the function are rows of a single matrix, or matrices of a batch.
  if (rank > 0) f.i32(m);
  else f.do(op.i32_sub, f.parameters[1], f.parameters[0]);
  f.set(height);
  // Blocks of the depth after the first one add to the result.
  const inBlocks = k > depthOfBlock;
  const onTop = f.local(i32);
  if (inBlocks) f.i32(0).set(onTop);
  const { rows: tile } = tileFor(kernel, relaxed);
  const width = widthOf(to.dtype);
  for (const depth of [depthOfBlock, k % depthOfBlock]) {
    if (open(nest, rank + 1, depth) === 0) continue;
    for (let at = 0; at < panels.length; at++) {
      const { count, columns, from } = panels[at]!;
      const { strides } = seconds[at]!;
      const tiles: PanelTiles = {
        dtype: to.dtype,
        rows: tile,
        rest: m % tile,
        columns,
        depth: inBlocks ? 0 : k,
        lost: lost && context.addressOf(lost) - context.addressOf(to),
        down: a.strides.at(-2)! * width,
        along: a.strides.at(-1)! * width,
        deep: strides.at(-2)! * width,
        result: n * width,
      };
      f.plus(putElement(nest, starts[at]!)).set(by);
      f.plus(putElement(nest, result) + from * width).set(into);
      const left = f.times(count);
      f.plus(putElement(nest, a)).get(by).get(into).get(height);
      if (inBlocks) f.i32(depth).get(onTop);
      f.call(
        context.once(
          // A product with an epilogue has a function of its own.
          [...Object.values(tiles), store && f.index].join(),
          new Array<ValueType>(inBlocks ? 6 : 4).fill(i32),
          [],
          (g) => writePanelTiles(g, tiles, relaxed, store),
        ),
      );
      f.move(by, strides.at(-3)! * width).move(into, columns * width);
      f.next(left);
    }
    if (inBlocks) f.i32(1).set(onTop);
    close(nest);
  }
  leave(nest, 0, rank);
}
