import type { FillKernel, GatherKernel, RandomKernel, ScatterKernel, SearchKernel } from '../loops/kernel.ts';
import { whole } from '../loops/lens.ts';
import { reducedShape, sizeOf } from '../shape.ts';
import type { FunctionBody, Local } from './assembler.ts';
import { type Context, widthOf } from './context.ts';
import { Nest, type Track } from './nest.ts';

/** One value everywhere. */
export function writeFill(f: FunctionBody, context: Context, { to, value }: FillKernel): void {
  if (to.size === 0) return;
  const track: Track = { lens: { place: to, strides: [1], offset: 0 }, strides: [1] };
  const nest = new Nest(f, context, [track]);
  const number = f.local('f64');
  f.f64(to.dtype === 'bool' ? Number(value !== 0) : value).set(number);
  nest.along(0, to.size, 1, () => nest.storeDouble(track, number));
  f.release(number);
  nest.release();
}

/** Puts the address of an element picked by index on the stack, refusing indices that are out of range. */
function writePicked(
  f: FunctionBody,
  context: Context,
  nest: Nest,
  picked: Track,
  stride: number,
  index: Local,
  length: number,
  kernel: number,
): number {
  f.get(index)
    .i32(length)
    .do('i32.ge_u')
    .when(() => f.i32(kernel).get(index).call(context.refuse));
  const added = nest.address(picked);
  f.get(index)
    .i32(stride * widthOf(picked.lens.place.dtype))
    .do('i32.mul', 'i32.add');
  return added;
}

/** Elements picked by index along one axis. `at` is what errors call the kernel. */
export function writeGather(
  f: FunctionBody,
  context: Context,
  { shape, axis, length, from, indices, to }: GatherKernel,
  at: number,
): void {
  if (sizeOf(shape) === 0) return;
  const target = whole(to, shape);
  const tracks: Track[] = [
    { lens: from, strides: from.strides.with(axis, 0) },
    { lens: indices, strides: indices.strides },
    { lens: target, strides: target.strides },
  ];
  const [picked, index, result] = tracks as [Track, Track, Track];
  const nest = new Nest(f, context, tracks);
  const chosen = f.local('i32');
  nest.over(shape, 0, shape.length, () => {
    const added = nest.address(index);
    f.memory('i32.load', added).set(chosen);
    const into = nest.address(result);
    const where = writePicked(f, context, nest, picked, from.strides[axis]!, chosen, length, at);
    if (widthOf(to.dtype) === 8) f.memory('f64.load', where).memory('f64.store', into);
    else f.memory('i32.load', where).memory('i32.store', into);
  });
  f.release(chosen);
  nest.release();
}

/** Elements added to places picked by index along one axis. */
export function writeScatter(
  f: FunctionBody,
  context: Context,
  { shape, axis, length, indices, source, to }: ScatterKernel,
  at: number,
): void {
  if (sizeOf(shape) === 0) return;
  const tracks: Track[] = [
    { lens: to, strides: to.strides.with(axis, 0) },
    { lens: indices, strides: indices.strides },
    { lens: source, strides: source.strides },
  ];
  const [picked, index, added] = tracks as [Track, Track, Track];
  const nest = new Nest(f, context, tracks);
  const chosen = f.local('i32');
  const address = f.local('i32');
  const { dtype } = to.place;
  nest.over(shape, 0, shape.length, () => {
    const offset = nest.address(index);
    f.memory('i32.load', offset).set(chosen);
    const base = writePicked(f, context, nest, picked, to.strides[axis]!, chosen, length, at);
    f.i32(base).do('i32.add').tee(address);
    f.get(address);
    if (dtype === 'float64') f.memory('f64.load');
    else if (dtype === 'float32') f.memory('f32.load').do('f64.promote_f32');
    else f.memory('i32.load');
    nest.loadDouble(added);
    if (dtype === 'float64') f.do('f64.add').memory('f64.store');
    else if (dtype === 'float32') f.do('f64.add', 'f32.demote_f64').memory('f32.store');
    // Whole numbers wrap.
    else f.do('i32.trunc_sat_f64_s', 'i32.add').memory('i32.store');
  });
  f.release(chosen, address);
  nest.release();
}

/** The place of the best element along one axis: the first of equals, NaN before all. */
export function writeSearch(
  f: FunctionBody,
  context: Context,
  { operation, shape, axis, from, to }: SearchKernel,
): void {
  const others = shape.map((_, at) => at).filter((at) => at !== axis);
  const target = whole(to, reducedShape(shape, [axis], false));
  const order = [...others, axis];
  const input: Track = { lens: from, strides: order.map((at) => from.strides[at]!) };
  const result: Track = { lens: target, strides: [...target.strides, 0] };
  const nest = new Nest(f, context, [input, result]);
  const best = f.local('f64');
  const candidate = f.local('f64');
  const place = f.local('f64');
  const index = f.local('i32');
  const lengths = order.map((at) => shape[at]!);
  if (sizeOf(shape) > 0) {
    nest.over(lengths, 0, others.length, () => {
      nest.loadDouble(input);
      f.set(best).f64(0).set(place).i32(0).set(index);
      nest.along(others.length, shape[axis]!, 1, () => {
        nest.loadDouble(input);
        f.set(candidate);
        // better, or the first NaN
        f.get(candidate)
          .get(best)
          .do(operation.name === 'argmax' ? 'f64.gt' : 'f64.lt');
        f.get(candidate).get(candidate).do('f64.ne').get(best).get(best).do('f64.eq', 'i32.and', 'i32.or');
        f.when(() => {
          f.get(candidate).set(best).get(index).do('f64.convert_i32_s').set(place);
        });
        f.get(index).i32(1).do('i32.add').set(index);
      });
      nest.storeDouble(result, place);
    });
  }
  f.release(best, candidate, place, index);
  nest.release();
}

/** Four numbers per block of Philox4x32-10. */
export function writeRandom(f: FunctionBody, context: Context, { counter, to }: RandomKernel): void {
  const track: Track = { lens: { place: to, strides: [1], offset: 0 }, strides: [1] };
  const nest = new Nest(f, context, [track]);
  const seed: Track = { lens: counter, strides: [] };
  const count: Track = { lens: { ...counter, offset: counter.offset + counter.strides[0]! }, strides: [] };
  const keys = new Nest(f, context, [seed, count]);
  const local = (): Local => f.local('i32');
  const [block, k0, k1, c0, c1, c2, c3, low0, low1, high0, high1] = Array.from({ length: 11 }, local) as Local[] as [
    Local,
    Local,
    Local,
    Local,
    Local,
    Local,
    Local,
    Local,
    Local,
    Local,
    Local,
  ];
  const load = (from: Track, into: Local): void => {
    const added = keys.address(from);
    f.memory('i32.load', added).set(into);
  };
  const multiply = (a: Local, by: number, low: Local, high: Local): void => {
    f.get(a).i32(by).do('i32.mul').set(low);
    f.get(a)
      .do('i64.extend_i32_u')
      .i32(by)
      .do('i64.extend_i32_u', 'i64.mul')
      .i32(32)
      .do('i64.extend_i32_u', 'i64.shr_u', 'i32.wrap_i64')
      .set(high);
  };
  const write = (words: number): void => {
    load(seed, k0);
    load(count, k1);
    f.get(block).set(c0).i32(0).set(c1).i32(0).set(c2).i32(0).set(c3);
    for (let round = 0; round < 10; round++) {
      multiply(c0, 0xd2511f53, low0, high0);
      multiply(c2, 0xcd9e8d57, low1, high1);
      f.get(high1).get(c1).do('i32.xor').get(k0).do('i32.xor').set(c0);
      f.get(high0).get(c3).do('i32.xor').get(k1).do('i32.xor').set(c2);
      f.get(low1).set(c1).get(low0).set(c3);
      f.get(k0).i32(0x9e3779b9).do('i32.add').set(k0);
      f.get(k1).i32(0xbb67ae85).do('i32.add').set(k1);
    }
    [c0, c1, c2, c3].slice(0, words).forEach((word, at) => {
      const added = nest.address(track, at * 4);
      f.get(word).i32(8).do('i32.shr_u', 'f32.convert_i32_s').i32(0x33800000).do('f32.reinterpret_i32', 'f32.mul');
      f.memory('f32.store', added);
    });
    f.get(block).i32(1).do('i32.add').set(block);
  };
  f.i32(0).set(block);
  const even = to.size - (to.size % 4);
  nest.along(0, even, 4, () => write(4));
  nest.move(0, even);
  if (to.size % 4 > 0) write(to.size % 4);
  nest.release();
}
