import type { GatherKernel } from '../loops/kernel.ts';
import { whole } from '../loops/lens.ts';
import { type Context, widthOf } from './context.ts';
import type { FunctionBody } from './function-body.ts';
import { Nest, type Track, tracksOver } from './nest.ts';
import * as op from './opcode.ts';
import { writePicked } from './picked.ts';

/** Elements picked by index along one axis. */
export function writeGather(f: FunctionBody, context: Context, kernel: GatherKernel, rows: number): void {
  const { shape, axis, from, indices, to } = kernel;
  const all = { ...from, strides: from.strides.with(axis, 0) };
  const { lengths, tracks } = tracksOver(shape, [all, indices, whole(to, shape)]);
  const [picked, index, result] = tracks as [Track, Track, Track];
  const nest = new Nest(f, context, lengths, tracks, rows);
  const chosen = f.local('i32');
  nest.enter(0, lengths.length);
  f.memory(op.i32_load, nest.address(index)).set(chosen);
  const into = nest.address(result);
  const where = writePicked(f, context, nest, picked, from.strides[axis]!, chosen, kernel);
  if (widthOf(to.dtype) === 8) f.memory(op.f64_load, where).memory(op.f64_store, into);
  else f.memory(op.i32_load, where).memory(op.i32_store, into);
  nest.leave(0, lengths.length);
}
