import type { MatMulKernel } from '../loops/kernel.ts';
import { join, whole } from '../loops/lens.ts';
import { sizeOf } from '../shape.ts';
import type { FunctionBody, Local, ModuleAssembler } from './assembler.ts';
import { type Context, widthOf } from './context.ts';
import { Nest, type Track } from './nest.ts';

/** Rows and vectors of columns that one tile holds in registers, at most fifteen with what feeds them. */
interface Tile {
  readonly rows: number;
  readonly vectors: number;
}

/**
 * How large the tiles are. Engines keep about fifteen vector registers: sums, the vectors of the second matrix, one
 * number of the first, and without fused multiply-add one product.
 */
function tileFor(m: number, n: number, relaxed: boolean): Tile {
  const vectors = Math.ceil(n / 4);
  if (vectors === 1) return { rows: Math.min(m, relaxed ? 12 : 10), vectors: 1 };
  if (m === 1) return { rows: 1, vectors: Math.min(vectors, 6) };
  if (m <= 3) return { rows: m, vectors: Math.min(vectors, relaxed || m < 3 ? 4 : 3) };
  return { rows: Math.min(m, relaxed ? 6 : 5), vectors: 2 };
}

/** So many rows of the second matrix are worked on together, so that they stay in the cache. */
const depthOfBlock = 256;
const columnsOfBlock = 512;

/** So many rows of the first matrix are worked on together. */
const rowsOfStrip = 96;

/** Sweeps that are this short are written out instead of looped. */
const shallow = 8;

/** The second matrix is copied into panels when it is larger than this, in elements. */
const packedFrom = 32_768;

/** Writes a product of matrices. Gives how many bytes of scratch memory it needs. */
export function writeMatMul(
  f: FunctionBody,
  context: Context,
  module: ModuleAssembler,
  kernel: MatMulKernel,
  scratch: number,
): void {
  const { batch, m, k, n, a, b, to } = kernel;
  if (sizeOf(batch) * m * n === 0) return;
  const target = whole(to, [...batch, m, n]);
  const lenses = [a, b, target];
  const { lengths, strides } = join(
    batch,
    lenses.map((lens) => lens.strides.slice(0, -2)),
  );
  if (to.dtype !== 'float32' || a.place.dtype !== 'float32' || b.place.dtype !== 'float32') {
    writeInDoubles(f, context, kernel);
    return;
  }
  const tracks: Track[] = lenses.map((lens, at) => ({ lens, strides: strides[at]! }));
  const nest = new Nest(f, context, tracks);
  const [from, by, into] = tracks.map((track) => {
    const local = f.local('i32');
    return { track, local };
  }) as [Placed, Placed, Placed];
  nest.over(lengths, 0, lengths.length, () => {
    for (const { track, local } of [from, by, into]) {
      const added = nest.address(track);
      f.i32(added).do('i32.add').set(local);
    }
    const [down, right] = b.strides.slice(-2) as [number, number];
    const tile = tileFor(m, n, context.relaxed);
    const packs = (right !== 1 && n > 1) || k * n > packedFrom;
    const panel = tile.vectors * 4;
    const product = new Product(module, context, kernel, tile);
    if (k === 0) {
      const zeros = product.block(0, n, 4, panel * 4, false);
      f.get(from.local).get(by.local).get(into.local).call(zeros);
      return;
    }
    for (let left = 0; left < n; left += columnsOfBlock) {
      const width = Math.min(columnsOfBlock, n - left);
      for (let top = 0; top < k; top += depthOfBlock) {
        const depth = Math.min(depthOfBlock, k - top);
        const start = (top * down + left * right) * 4;
        if (packs)
          f.get(by.local)
            .i32(start)
            .do('i32.add')
            .call(product.pack(depth, width, down, right, scratch));
        const block = packs
          ? product.block(depth, width, panel * 4, depth * panel * 4, top > 0)
          : product.block(depth, width, down * 4, panel * 4, top > 0);
        f.get(from.local)
          .i32(top * a.strides.at(-1)! * 4)
          .do('i32.add');
        if (packs) f.i32(scratch);
        else f.get(by.local).i32(start).do('i32.add');
        f.get(into.local)
          .i32(left * 4)
          .do('i32.add')
          .call(block);
      }
    }
  });
  f.release(from.local, by.local, into.local);
  nest.release();
}

interface Placed {
  readonly track: Track;
  readonly local: Local;
}

/** Scratch memory for one block of the second matrix, with room to read past its end. */
export const matmulScratch: number = (depthOfBlock * (columnsOfBlock + 24) + 32) * 4;

/** The functions that one product is made of; equal ones are written once. */
class Product {
  readonly #module: ModuleAssembler;
  readonly #context: Context;
  readonly #kernel: MatMulKernel;
  readonly #tile: Tile;
  readonly #written = new Map<string, number>();

  constructor(module: ModuleAssembler, context: Context, kernel: MatMulKernel, tile: Tile) {
    this.#module = module;
    this.#context = context;
    this.#kernel = kernel;
    this.#tile = tile;
  }

  #once(key: string, write: () => number): number {
    const known = this.#written.get(key) ?? write();
    this.#written.set(key, known);
    return known;
  }

  /** Copies a block of the second matrix (its address is the parameter) into panels, each read from top to bottom. */
  pack(depth: number, width: number, down: number, right: number, scratch: number): number {
    const panel = this.#tile.vectors * 4;
    return this.#once(`pack ${depth} ${width}`, () =>
      this.#module.function(['i32'], [], (f) => {
        const [start] = f.parameters as [Local];
        const row = f.local('i32');
        const target = f.local('i32');
        f.i32(scratch).set(target);
        for (let left = 0; left < width; left += panel) {
          const columns = Math.min(panel, width - left);
          const from = f.local('i32');
          f.get(start)
            .i32(left * right * 4)
            .do('i32.add')
            .set(from)
            .i32(0)
            .set(row);
          f.count(
            row,
            () => f.i32(depth),
            1,
            () => {
              for (let column = 0; column < panel; column += 4) {
                f.get(target);
                const there = Math.min(4, columns - column);
                if (right === 1 && there === 4) f.get(from).memory('v128.load', column * 4);
                else {
                  for (let lane = Math.max(there, 1) - 1; lane > 0; lane--) f.get(from);
                  f.get(from).memory('v128.load32_zero', there > 0 ? column * right * 4 : 0);
                  for (let lane = 1; lane < there; lane++) f.lane('load', lane, (column + lane) * right * 4);
                }
                f.memory('v128.store', column * 4);
              }
              f.get(from)
                .i32(down * 4)
                .do('i32.add')
                .set(from);
              f.get(target)
                .i32(panel * 4)
                .do('i32.add')
                .set(target);
            },
          );
          f.release(from);
        }
      }),
    );
  }

  /**
   * All tiles of a block: parameters are the addresses of the first matrix, the second, and the result.
   *
   * @param rowStep    bytes between rows of the second matrix inside a panel
   * @param panelStep  bytes between its panels
   * @param onTop      adds to the result instead of replacing it
   */
  block(depth: number, width: number, rowStep: number, panelStep: number, onTop: boolean): number {
    const { m, n, a } = this.#kernel;
    const { rows, vectors } = this.#tile;
    const panel = vectors * 4;
    const down = a.strides.at(-2)! * 4;
    return this.#once(`block ${depth} ${width} ${onTop}`, () => {
      const whole = Math.floor(width / panel);
      const rest = width % panel;
      // The rows are taken in strips that stay in the cache while all panels pass over them.
      const perStrip = Math.max(Math.floor(rowsOfStrip / rows), 1) * rows;
      const strips: { readonly from: number; readonly tall: number; readonly times: number }[] = [];
      for (let from = 0; from < m; from += perStrip) {
        const there = Math.min(perStrip, m - from);
        if (there >= rows) strips.push({ from, tall: rows, times: Math.floor(there / rows) });
        if (there % rows > 0) strips.push({ from: from + there - (there % rows), tall: there % rows, times: 1 });
      }
      const tiles = (tall: number, wide: number): number => this.#tiles(tall, wide, depth, rowStep, onTop);
      for (const { tall } of strips) {
        if (whole > 0) tiles(tall, panel);
        if (rest > 0) tiles(tall, rest);
      }
      return this.#module.function(['i32', 'i32', 'i32'], [], (f) => {
        const [first, second, result] = f.parameters as [Local, Local, Local];
        const column = f.local('i32');
        const by = f.local('i32');
        const into = f.local('i32');
        for (const { from, tall, times } of strips) {
          const call = (wide: number): void => {
            f.get(first)
              .i32(from * down)
              .do('i32.add')
              .get(by)
              .get(into)
              .i32(times)
              .call(tiles(tall, wide));
          };
          f.get(second)
            .set(by)
            .get(result)
            .i32(from * n * 4)
            .do('i32.add')
            .set(into);
          if (whole > 0) {
            f.i32(0).set(column);
            f.count(
              column,
              () => f.i32(whole),
              1,
              () => {
                call(panel);
                f.get(by).i32(panelStep).do('i32.add').set(by);
                f.get(into)
                  .i32(panel * 4)
                  .do('i32.add')
                  .set(into);
              },
            );
          }
          if (rest > 0) call(rest);
        }
      });
    });
  }

  /** `times` tiles one below the other: the sums of each stay in registers over one sweep of the depth. */
  #tiles(tall: number, wide: number, depth: number, rowStep: number, onTop: boolean): number {
    const { n, a } = this.#kernel;
    const [down, right] = a.strides.slice(-2).map((stride) => stride * 4) as [number, number];
    const { relaxed } = this.#context;
    const vectors = Math.ceil(wide / 4);
    return this.#once(`tiles ${tall} ${wide} ${depth} ${onTop}`, () =>
      this.#module.function(['i32', 'i32', 'i32', 'i32'], [], (f) => {
        const [first, second, result, times] = f.parameters as [Local, Local, Local, Local];
        const sums = Array.from({ length: tall }, () => Array.from({ length: vectors }, () => f.local('v128')));
        const columns = Array.from({ length: vectors }, () => f.local('v128'));
        const number = f.local('v128');
        const from = f.local('i32');
        const by = f.local('i32');
        const step = f.local('i32');
        const tile = f.local('i32');
        const deeper = (firstAway: number, secondAway: number): void => {
          columns.forEach((column, vector) =>
            f
              .get(by)
              .memory('v128.load', secondAway + vector * 16)
              .set(column),
          );
          sums.forEach((own, row) => {
            f.get(from)
              .memory('v128.load32_splat', firstAway + row * down)
              .set(number);
            own.forEach((sum, vector) => {
              if (relaxed) f.get(number).get(columns[vector]!).get(sum).do('f32x4.relaxed_madd').set(sum);
              else f.get(number).get(columns[vector]!).do('f32x4.mul').get(sum).do('f32x4.add').set(sum);
            });
          });
        };
        f.i32(0).set(tile);
        f.count(
          tile,
          () => f.get(times),
          1,
          () => {
            for (const [row, own] of sums.entries()) {
              for (const [vector, sum] of own.entries()) {
                if (onTop) f.get(result).memory('v128.load', row * n * 4 + vector * 16);
                else f.i32(0).do('i32x4.splat');
                f.set(sum);
              }
            }
            f.get(first).set(from).get(second).set(by);
            if (depth <= shallow) for (let at = 0; at < depth; at++) deeper(at * right, at * rowStep);
            else {
              f.i32(0).set(step);
              f.count(
                step,
                () => f.i32(depth),
                1,
                () => {
                  deeper(0, 0);
                  f.get(from).i32(right).do('i32.add').set(from).get(by).i32(rowStep).do('i32.add').set(by);
                },
              );
            }
            sums.forEach((own, row) =>
              own.forEach((sum, vector) => {
                const there = Math.min(4, wide - vector * 4);
                const at = row * n * 4 + vector * 16;
                if (there === 4) f.get(result).get(sum).memory('v128.store', at);
                else
                  for (let lane = 0; lane < there; lane++)
                    f.get(result)
                      .get(sum)
                      .lane('store', lane, at + lane * 4);
              }),
            );
            f.get(first)
              .i32(tall * down)
              .do('i32.add')
              .set(first);
            f.get(result)
              .i32(tall * n * 4)
              .do('i32.add')
              .set(result);
          },
        );
      }),
    );
  }
}

/** Other dtypes: sums in doubles, rounded once. */
function writeInDoubles(f: FunctionBody, context: Context, { batch, m, k, n, a, b, to }: MatMulKernel): void {
  const shape = [...batch, m, n, k];
  const target = whole(to, [...batch, m, n]);
  const track = (lens: typeof a, strides: readonly number[]): Track => ({ lens, strides });
  const [down, along] = a.strides.slice(-2) as [number, number];
  const [deep, right] = b.strides.slice(-2) as [number, number];
  const first = track(a, [...a.strides.slice(0, -2), down, 0, along]);
  const second = track(b, [...b.strides.slice(0, -2), 0, right, deep]);
  const result = track(target, [...target.strides, 0]);
  const nest = new Nest(f, context, [first, second, result]);
  const sum = f.local('f64');
  nest.over(shape, 0, shape.length - 1, () => {
    f.f64(0).set(sum);
    nest.along(shape.length - 1, k, 1, () => {
      f.get(sum);
      nest.loadDouble(first);
      nest.loadDouble(second);
      f.do('f64.mul', 'f64.add').set(sum);
    });
    nest.storeDouble(result, sum);
  });
  f.release(sum);
  nest.release();
}

/** Can the widths of these elements be read four at a time? */
export const fastMatMul = ({ to }: MatMulKernel): boolean => widthOf(to.dtype) === 4 && to.dtype === 'float32';
