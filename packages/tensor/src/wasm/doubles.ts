import type { Expression } from '../loops/kernel.ts';
import type { Context } from './context.ts';
import type { FunctionBody } from './function-body.ts';
import { held, instructions } from './laws.ts';
import { loadDouble, type Nest } from './nest.ts';
import * as op from './opcode.ts';
import { callLaw } from './scalar-laws.ts';

/**
 * Writes an expression on single numbers of any dtype, held as doubles and rounded where a result is stored, as the
 * reference does; its value is left on the stack.
 */
export function writeDouble(f: FunctionBody, context: Context, value: Expression, nest: Nest): void {
  if (value.kind === 'reading') return loadDouble(nest, value.lens);
  if (value.kind === 'constant') {
    f.f64(value.value);
    return;
  }
  const { operation, inputs, dtype } = value;
  const operands = (): void => {
    for (const input of inputs) writeDouble(f, context, input, nest);
  };
  // Whole numbers wrap, and some laws have no instruction: those go through JavaScript.
  const instruction = dtype === 'int32' ? 0 : instructions[operation.name]?.[held.float64];
  if (!instruction) return callLaw(f, context.laws, operation, dtype, operands);
  operands();
  f.do(instruction);
  if (dtype === 'bool') f.do(op.f64_convert_i32_s);
  else if (dtype === 'float32') f.do(op.f32_demote_f64).do(op.f64_promote_f32);
}
