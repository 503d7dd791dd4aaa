import { type MapKernel, type MatMulKernel, readings } from '../loops/kernel.ts';
import { join, type Lens, type Place, whole } from '../loops/lens.ts';
import { toLanes, toWords, writeLanes } from './lanes.ts';
import { sizeOf } from '../shape.ts';
import type { FunctionBody, Local, ModuleAssembler } from './assembler.ts';
import type { Context } from './context.ts';
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
      const zeros = product.block({ depth: 0, width: n, rowStep: 4, panelStep: panel * 4, onTop: false, last: true });
      f.get(from.local).get(by.local).get(into.local).i32(0).call(zeros);
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
        const steps = packs
          ? { rowStep: panel * 4, panelStep: depth * panel * 4 }
          : { rowStep: down * 4, panelStep: panel * 4 };
        const block = product.block({ depth, width, ...steps, onTop: top > 0, last: top + depth === k });
        f.get(from.local)
          .i32(top * a.strides.at(-1)! * 4)
          .do('i32.add');
        if (packs) f.i32(scratch);
        else f.get(by.local).i32(start).do('i32.add');
        f.get(into.local)
          .i32(left * 4)
          .do('i32.add')
          .i32(left)
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

/** A part of a product: some columns of the second matrix, over some of the depth. */
interface Block {
  readonly depth: number;
  readonly width: number;
  /** Bytes between rows of the second matrix inside a panel. */
  readonly rowStep: number;
  /** Bytes between its panels. */
  readonly panelStep: number;
  /** Does it add to the result instead of replacing it? */
  readonly onTop: boolean;
  /** Is the result complete after it? */
  readonly last: boolean;
}

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

  /** All tiles of a block: parameters are the addresses of the first matrix, the second, and the result, and its column. */
  block(block: Block): number {
    const { m, n, a } = this.#kernel;
    const { rows, vectors } = this.#tile;
    const { width, panelStep } = block;
    const panel = vectors * 4;
    const down = a.strides.at(-2)! * 4;
    return this.#once(`block ${block.depth} ${width} ${block.onTop} ${block.last}`, () => {
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
      for (const { tall } of strips) {
        if (whole > 0) this.#tiles(tall, panel, block);
        if (rest > 0) this.#tiles(tall, rest, block);
      }
      return this.#module.function(['i32', 'i32', 'i32', 'i32'], [], (f) => {
        const [first, second, result, left] = f.parameters as [Local, Local, Local, Local];
        const count = f.local('i32');
        const by = f.local('i32');
        const into = f.local('i32');
        const column = f.local('i32');
        for (const { from, tall, times } of strips) {
          const call = (wide: number): void => {
            f.get(first)
              .i32(from * down)
              .do('i32.add')
              .get(by)
              .get(into)
              .i32(times)
              .i32(from)
              .get(column);
            f.call(this.#tiles(tall, wide, block));
          };
          f.get(second).set(by).get(left).set(column);
          f.get(result)
            .i32(from * n * 4)
            .do('i32.add')
            .set(into);
          if (whole > 0) {
            f.i32(0).set(count);
            f.count(
              count,
              () => f.i32(whole),
              1,
              () => {
                call(panel);
                f.get(by).i32(panelStep).do('i32.add').set(by);
                f.get(into)
                  .i32(panel * 4)
                  .do('i32.add')
                  .set(into);
                f.get(column).i32(panel).do('i32.add').set(column);
              },
            );
          }
          if (rest > 0) call(rest);
        }
      });
    });
  }

  /**
   * `times` tiles one below the other: the sums of each stay in registers over one sweep of the depth. Parameters are
   * the three addresses, how many tiles, and the row and the column of the first.
   */
  #tiles(tall: number, wide: number, { depth, rowStep, onTop, last }: Block): number {
    const { n, a, epilogue, stored } = this.#kernel;
    const [down, right] = a.strides.slice(-2).map((stride) => stride * 4) as [number, number];
    const { relaxed } = this.#context;
    const vectors = Math.ceil(wide / 4);
    return this.#once(`tiles ${tall} ${wide} ${depth} ${onTop} ${last}`, () =>
      this.#module.function(['i32', 'i32', 'i32', 'i32', 'i32', 'i32'], [], (f) => {
        const [first, second, result, times, row, column] = f.parameters as [Local, Local, Local, Local, Local, Local];
        const sums = Array.from({ length: tall }, () => Array.from({ length: vectors }, () => f.local('v128')));
        const columns = Array.from({ length: vectors }, () => f.local('v128'));
        const number = f.local('v128');
        const from = f.local('i32');
        const by = f.local('i32');
        const step = f.local('i32');
        const tile = f.local('i32');
        const finish =
          last && epilogue ? new Epilogue(f, this.#context, this.#kernel, epilogue, row, column) : undefined;
        const deeper = (firstAway: number, secondAway: number): void => {
          columns.forEach((own, vector) =>
            f
              .get(by)
              .memory('v128.load', secondAway + vector * 16)
              .set(own),
          );
          sums.forEach((own, at) => {
            f.get(from)
              .memory('v128.load32_splat', firstAway + at * down)
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
            for (const [at, own] of sums.entries()) {
              for (const [vector, sum] of own.entries()) {
                if (onTop) f.get(result).memory('v128.load', at * n * 4 + vector * 16);
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
            sums.forEach((own, at) =>
              own.forEach((sum, vector) => {
                const there = Math.min(4, wide - vector * 4);
                if (!finish || stored) storePart(f, result, at * n * 4 + vector * 16, sum, there);
                finish?.write(sum, at, vector, there);
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
            finish?.advance(tall);
          },
        );
      }),
    );
  }
}

/** Stores the first lanes of a vector. */
function storePart(f: FunctionBody, address: Local, added: number, lanes: Local, there: number): void {
  if (there === 4) f.get(address).get(lanes).memory('v128.store', added);
  else
    for (let lane = 0; lane < there; lane++)
      f.get(address)
        .get(lanes)
        .lane('store', lane, added + lane * 4);
}

/** What is done with the sums of a tile before they are stored: a map over the shape of the product. */
class Epilogue {
  readonly #f: FunctionBody;
  readonly #context: Context;
  readonly #product: Place;
  readonly #map: MapKernel;
  /** Per pair of strides, where the tile begins, in bytes from the start of a value. */
  readonly #starts = new Map<string, { readonly local: Local; readonly down: number; readonly right: number }>();

  constructor(f: FunctionBody, context: Context, { to }: MatMulKernel, map: MapKernel, row: Local, column: Local) {
    this.#f = f;
    this.#context = context;
    this.#product = to;
    this.#map = map;
    for (const { strides } of this.#lenses()) {
      const key = strides.join();
      if (this.#starts.has(key)) continue;
      const [down, right] = strides as [number, number];
      const local = f.local('i32');
      f.get(row)
        .i32(down * 4)
        .do('i32.mul')
        .get(column)
        .i32(right * 4)
        .do('i32.mul', 'i32.add')
        .set(local);
      this.#starts.set(key, { local, down, right });
    }
  }

  #lenses(): readonly Lens[] {
    const { stores } = this.#map;
    return [...stores.flatMap(({ value }) => readings(value).map(({ lens }) => lens)), ...stores.map(({ to }) => to)];
  }

  /** The local to add to, and what to add, for a vector of a tile. */
  #address({ place, strides, offset }: Lens, row: number, vector: number): [Local, number] {
    const { local, down, right } = this.#starts.get(strides.join())!;
    return [local, this.#context.addressOf(place) + (offset + row * down + vector * 4 * right) * 4];
  }

  /** Computes and stores what follows from one vector of sums. */
  write(sum: Local, row: number, vector: number, there: number): void {
    const f = this.#f;
    const { stores } = this.#map;
    const computed: Local[] = [];
    stores.forEach(({ to, value }, at) => {
      const lanes = f.local('v128');
      writeLanes(f, this.#context, value, ({ lens, dtype }) => {
        const known = stores.slice(0, at).findIndex((store) => store.to.place === lens.place);
        if (lens.place === this.#product) f.get(sum);
        else if (known >= 0) f.get(computed[known]!);
        else {
          const [local, added] = this.#address(lens, row, vector);
          f.get(local).memory(lens.strides[1] === 1 ? 'v128.load' : 'v128.load32_splat', added);
        }
        toLanes(f, this.#context, dtype);
      });
      toWords(f, to.place.dtype);
      f.set(lanes);
      const [local, added] = this.#address(to, row, vector);
      storePart(f, local, added, lanes, there);
      computed.push(lanes);
    });
    f.release(...computed);
  }

  /** Moves on to the tile below. */
  advance(rows: number): void {
    for (const { local, down } of this.#starts.values()) {
      if (down !== 0)
        this.#f
          .get(local)
          .i32(rows * down * 4)
          .do('i32.add')
          .set(local);
    }
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
  const total = f.local('i32');
  const wraps = to.dtype === 'int32';
  nest.over(shape, 0, shape.length - 1, () => {
    if (wraps) f.i32(0).set(total);
    else f.f64(0).set(sum);
    nest.along(shape.length - 1, k, 1, () => {
      f.get(wraps ? total : sum);
      for (const factor of [first, second]) {
        nest.loadDouble(factor);
        if (wraps) f.do('i32.trunc_sat_f64_s');
      }
      if (wraps) f.do('i32.mul', 'i32.add').set(total);
      else f.do('f64.mul', 'f64.add').set(sum);
    });
    if (wraps) f.get(total).do('f64.convert_i32_s').set(sum);
    nest.storeDouble(result, sum);
  });
  f.release(sum, total);
  nest.release();
}
