import type { MatMulKernel } from '../../loops/kernel.ts';
import { rowMajor } from '../../strided.ts';
import type { Context } from '../context.ts';
import type { FunctionBody } from '../function-body.ts';
import { enter, leave, loadDouble, nestOver, storeDouble, tracksOver } from '../nest.ts';
import * as op from '../opcode.ts';
import { f64, i32 } from '../value-type.ts';

/** Writes a product of matrices that are not both float32: its sums are doubles, rounded once; those of int32 wrap. */
export function writeMatMulInDoubles(
  f: FunctionBody,
  context: Context,
  { batch, m, k, n, a, b, to }: MatMulKernel,
  rows: number,
): void {
  const shape = [...batch, m, n, k];
  const first = { ...a, strides: a.strides.toSpliced(-1, 0, 0) };
  const second = { ...b, strides: [...b.strides.slice(0, -2), 0, b.strides.at(-1)!, b.strides.at(-2)!] };
  const result = { place: to, strides: [...rowMajor([...batch, m, n]), 0], offset: 0 };
  const nest = nestOver(f, context, tracksOver(shape, [first, second, result], 1), rows);
  const wraps = to.dtype === 'int32';
  const [sum, total] = [f.local(f64), f.local(i32)];
  const last = nest.lengths.length - 1;
  enter(nest, 0, last);
  if (wraps) f.i32(0).set(total);
  else f.f64(0).set(sum);
  enter(nest, last, last + 1);
  f.get(wraps ? total : sum);
  for (const factor of [first, second]) {
    loadDouble(nest, factor);
    if (wraps) f.do(op.i32_trunc_sat_f64_s);
  }
  if (wraps) f.do(op.i32_mul).do(op.i32_add).set(total);
  else f.do(op.f64_mul).do(op.f64_add).set(sum);
  leave(nest, last, last + 1);
  if (wraps) f.get(total).do(op.f64_convert_i32_s).set(sum);
  storeDouble(nest, result, sum);
  leave(nest, 0, last);
}
