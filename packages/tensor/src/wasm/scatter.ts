import type { ScatterKernel } from '../loops/kernel.ts';
import type { Context } from './context.ts';
import type { FunctionBody } from './function-body.ts';
import { loadDouble } from './nest.ts';
import * as op from './opcode.ts';
import { overPicked } from './picked.ts';
import { i32 } from './value-type.ts';

/** Elements added to places picked by index along one axis. */
export function writeScatter(f: FunctionBody, context: Context, kernel: ScatterKernel, rows: number): void {
  const { source, to } = kernel;
  const { dtype } = to.place;
  overPicked(f, context, kernel, rows, to, source, (nest, pick) => {
    const address = f.local(i32);
    f.plus(pick()).tee(address).get(address);
    if (dtype === 'float64') f.memory(op.f64_load);
    else if (dtype === 'float32') f.memory(op.f32_load).do(op.f64_promote_f32);
    else f.memory(op.i32_load);
    loadDouble(nest, source);
    if (dtype === 'float64') f.do(op.f64_add).memory(op.f64_store);
    else if (dtype === 'float32') f.do(op.f64_add).do(op.f32_demote_f64).memory(op.f32_store);
    // Whole numbers wrap.
    else f.do(op.i32_trunc_sat_f64_s).do(op.i32_add).memory(op.i32_store);
  });
}
