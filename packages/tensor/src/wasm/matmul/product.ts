import { type MatMulKernel, touched } from '../../loops/kernel.ts';
import { type Lens, type Place, whole } from '../../loops/lens.ts';
import { rowMajor } from '../../strided.ts';
import { sizeOf } from '../../shape.ts';
import type { Context } from '../context.ts';
import type { FunctionBody, Local } from '../function-body.ts';
import { Nest, tracksOver } from '../nest.ts';
import * as op from '../opcode.ts';
import { writeInDoubles } from './doubles.ts';
import { inVectors, panelsOf, widened, writePacking } from './panels.ts';
import { type Steps, tileFor, writeTile } from './tile.ts';

/** So many rows of the second matrix are worked on together, so that they stay in the cache. */
const depthOfBlock = 256;

/** Loops over the matrices of a batch, or of the rows of it that the function carries out. */
function overBatch(f: FunctionBody, context: Context, kernel: MatMulKernel, lenses: readonly Lens[]) {
  const { batch } = kernel;
  const matrices = lenses.map((lens) => ({ ...lens, strides: lens.strides.slice(0, batch.length) }));
  const { lengths, tracks } = tracksOver(batch, matrices);
  const batched = sizeOf(batch) > 1;
  const nest = new Nest(f, context, lengths, tracks, batched ? touched(kernel).rows : 1);
  return {
    batched,
    /** Runs `body` for each, with the addresses of its matrices in locals. */
    each: (body: (...addresses: Local[]) => void): void => {
      nest.over(0, lengths.length, () => {
        const addresses = tracks.map((track) => {
          const local = f.local('i32');
          f.plus(nest.address(track)).set(local);
          return local;
        });
        body(...addresses);
        f.release(...addresses);
      });
      nest.release();
    },
  };
}

/** The panels of a batch, in its order. */
function panelsLens(packed: Place, { batch }: MatMulKernel): Lens {
  const each = packed.size / sizeOf(batch);
  return { place: packed, strides: rowMajor(batch).map((stride) => stride * each), offset: 0 };
}

/** Writes the copying of second matrices into panels. */
export function writePanels(f: FunctionBody, context: Context, kernel: MatMulKernel, packed: Place): void {
  overBatch(f, context, kernel, [kernel.b, panelsLens(packed, kernel)]).each((source, into) =>
    writePacking(f, kernel, panelsOf(kernel, context.relaxed), source!, into!),
  );
}

/** Writes a product of matrices; `packed` is where the second one was copied to, where it was. */
export function writeMatMul(f: FunctionBody, context: Context, kernel: MatMulKernel, packed: Place | undefined): void {
  const { batch, m, k, n, a, b, to } = kernel;
  if (!inVectors(kernel)) return writeInDoubles(f, context, kernel);
  const { count, width, rest } = panelsOf(kernel, context.relaxed);
  const [down, along] = a.strides.slice(-2).map((stride) => stride * 4) as [number, number];
  const deep = b.strides.at(-2)! * 4;
  // Bytes from one row of the second matrix to the next, and from one panel to the next.
  const [rowStep, panelStep] = packed ? [width * 4, k * width * 4] : [deep, width * 4];
  const restStep = packed ? widened(rest) * 4 : deep;
  const steps = { down, along, result: n * 4 };
  const call = (columns: number, own: number, ...operands: readonly Local[]): void => {
    for (const operand of operands) f.get(operand);
    f.call(stripOf(context, kernel, columns, { ...steps, deep: own }));
  };

  const loops = overBatch(f, context, kernel, [
    a,
    packed ? panelsLens(packed, kernel) : b,
    whole(to, [...batch, m, n]),
  ]);
  loops.each((...addresses) => {
    const [first, second, into] = addresses as [Local, Local, Local];
    const [begin, end] = f.parameters as [Local, Local];
    const [rows, depth, onTop, by, panel, last] = f.locals('i32', 6) as [Local, Local, Local, Local, Local, Local];
    if (loops.batched) f.i32(m).set(rows);
    else {
      f.get(end).get(begin).do(op.i32_sub).set(rows);
      f.get(first).get(begin).i32(down).do(op.i32_mul, op.i32_add).set(first);
      f.get(into).get(begin).i32(steps.result).do(op.i32_mul, op.i32_add).set(into);
    }
    if (rest > 0)
      f.get(second)
        .plus(count * panelStep)
        .set(last);
    const block = (): void => {
      f.get(second).set(by).get(into).set(panel);
      if (count > 0)
        f.times(count, () => {
          call(width, rowStep, first, by, panel, depth, onTop, rows);
          f.move(by, panelStep).move(panel, width * 4);
        });
      if (rest > 0) call(rest, restStep, first, last, panel, depth, onTop, rows);
    };
    f.i32(0).set(onTop);
    const blocks = Math.floor(k / depthOfBlock);
    if (blocks > 0) {
      f.i32(depthOfBlock).set(depth);
      f.times(blocks, () => {
        block();
        f.i32(1)
          .set(onTop)
          .move(first, depthOfBlock * along)
          .move(second, depthOfBlock * rowStep);
        f.move(last, depthOfBlock * restStep);
      });
    }
    if (k % depthOfBlock > 0) {
      f.i32(k % depthOfBlock).set(depth);
      block();
    }
    f.release(rows, depth, onTop, by, panel, last);
  });
}

/**
 * The function for one panel: tiles one below the other. Its parameters are the addresses of the first matrix, the panel
 * and the result, the depth, whether the sums go on from the result, and how many rows there are.
 */
function stripOf(context: Context, { m, n }: MatMulKernel, columns: number, steps: Steps): number {
  const { relaxed } = context;
  const { rows } = tileFor(m, n, relaxed);
  const vectors = Math.ceil(columns / 4);
  const { down, along, deep, result } = steps;
  const key = `product ${rows} ${m % rows} ${columns} ${down} ${along} ${deep} ${result}`;
  return context.once(key, ['i32', 'i32', 'i32', 'i32', 'i32', 'i32'], (f) => {
    const [first, second, into, depth, onTop, left] = f.parameters as [Local, Local, Local, Local, Local, Local];
    const locals = { first, second, into, depth, onTop };
    const more = (): FunctionBody => f.get(left).i32(rows).do(op.i32_ge_s);
    more().when(() =>
      f.repeat(() => {
        writeTile(f, { rows, vectors }, columns, steps, locals, relaxed);
        f.move(first, rows * down)
          .move(into, rows * result)
          .move(left, -rows);
        more();
      }),
    );
    if (m % rows > 0)
      f.get(left).when(() => writeTile(f, { rows: m % rows, vectors }, columns, steps, locals, relaxed));
  });
}
