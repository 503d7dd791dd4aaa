import type { CheckKernel } from '../../loops/ir.ts';
import { sizeOf } from '../../shape.ts';
import type { FunctionBody } from '../assembler/function-body.ts';
import * as op from '../assembler/opcode.ts';
import { i32 } from '../assembler/opcode.ts';
import type { Context } from '../context.ts';

/** Calls JavaScript to throw when an element of the condition is false. Booleans are words of 0 and 1 in memory. */
export function writeCheck(f: FunctionBody, context: Context, kernel: CheckKernel): void {
  const { condition, shape } = kernel;
  const size = sizeOf(shape);
  const address = f.local(i32);
  /** Refuses when the number on the stack is 0. */
  const refuseFalse = (): void => {
    f.do(op.i32_eqz).if();
    context.refuse(f, kernel, 0);
    f.end();
  };
  f.i32(context.addressOf(condition.buffer) + condition.offset * 4).set(address);
  const vectors = Math.floor(size / 4);
  if (vectors > 0) {
    const left = f.times(vectors);
    f.memory(op.v128_load, 0, address).do(op.i32x4_all_true);
    refuseFalse();
    f.move(address, 16).next(left);
  }
  for (let rest = 0; rest < size % 4; rest++) {
    f.memory(op.i32_load, rest * 4, address);
    refuseFalse();
  }
}
