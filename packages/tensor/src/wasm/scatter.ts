import type { ScatterKernel } from '../loops/kernel.ts';
import type { Context } from './context.ts';
import type { FunctionBody } from './function-body.ts';
import { Nest, type Track, tracksOver } from './nest.ts';
import * as op from './opcode.ts';
import { writePicked } from './picked.ts';

/** Elements added to places picked by index along one axis. */
export function writeScatter(f: FunctionBody, context: Context, kernel: ScatterKernel, rows: number): void {
  const { shape, axis, indices, source, to } = kernel;
  const all = { ...to, strides: to.strides.with(axis, 0) };
  const { lengths, tracks } = tracksOver(shape, [all, indices, source]);
  const [picked, index, added] = tracks as [Track, Track, Track];
  const nest = new Nest(f, context, lengths, tracks, rows);
  const chosen = f.local('i32');
  const address = f.local('i32');
  const { dtype } = to.place;
  nest.enter(0, lengths.length);
  f.memory(op.i32_load, nest.address(index)).set(chosen);
  const base = writePicked(f, context, nest, picked, to.strides[axis]!, chosen, kernel);
  f.plus(base).tee(address).get(address);
  if (dtype === 'float64') f.memory(op.f64_load);
  else if (dtype === 'float32') f.memory(op.f32_load).do(op.f64_promote_f32);
  else f.memory(op.i32_load);
  nest.loadDouble(added);
  if (dtype === 'float64') f.do(op.f64_add).memory(op.f64_store);
  else if (dtype === 'float32') f.do(op.f64_add).do(op.f32_demote_f64).memory(op.f32_store);
  // Whole numbers wrap.
  else f.do(op.i32_trunc_sat_f64_s).do(op.i32_add).memory(op.i32_store);
  nest.leave(0, lengths.length);
}
