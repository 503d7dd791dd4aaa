import type { GatherKernel } from '../loops/kernel.ts';
import { whole } from '../loops/lens.ts';
import { type Context, widthOf } from './context.ts';
import type { FunctionBody } from './function-body.ts';
import { putElement } from './nest.ts';
import * as op from './opcode.ts';
import { overPicked } from './picked.ts';

/** Elements picked by index along one axis. */
export function writeGather(f: FunctionBody, context: Context, kernel: GatherKernel, rows: number): void {
  const { shape, from, to } = kernel;
  const result = whole(to, shape);
  overPicked(f, context, kernel, rows, from, result, (nest, pick) => {
    const into = putElement(nest, result);
    const where = pick();
    if (widthOf(to.dtype) === 8) f.memory(op.f64_load, where).memory(op.f64_store, into);
    else f.memory(op.i32_load, where).memory(op.i32_store, into);
  });
}
