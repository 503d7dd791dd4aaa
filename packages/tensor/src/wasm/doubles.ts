import type { Expression, Law, Reading } from '../loops/kernel.ts';
import type { FunctionBody } from './assembler.ts';
import type { Context } from './context.ts';
import type { Instruction } from './opcode.ts';

const instructions: Readonly<Record<string, readonly Instruction[]>> = {
  add: ['f64.add'],
  sub: ['f64.sub'],
  mul: ['f64.mul'],
  div: ['f64.div'],
  neg: ['f64.neg'],
  abs: ['f64.abs'],
  sqrt: ['f64.sqrt'],
  equal: ['f64.eq', 'f64.convert_i32_s'],
  notEqual: ['f64.ne', 'f64.convert_i32_s'],
  less: ['f64.lt', 'f64.convert_i32_s'],
  lessEqual: ['f64.le', 'f64.convert_i32_s'],
  greater: ['f64.gt', 'f64.convert_i32_s'],
  greaterEqual: ['f64.ge', 'f64.convert_i32_s'],
};

/**
 * Writes an expression on single numbers of any dtype, held as doubles and rounded where a result is stored, as the
 * reference does; its value is left on the stack.
 */
export function writeDouble(
  f: FunctionBody,
  context: Context,
  value: Expression,
  load: (reading: Reading) => void,
): void {
  if (value.kind === 'reading') {
    load(value);
    return;
  }
  const { operation, inputs, dtype } = value as Law;
  const { name } = operation;
  for (const input of inputs) writeDouble(f, context, input, load);
  // Whole numbers wrap, and some laws have no instruction: those go through JavaScript.
  const own = dtype === 'int32' ? undefined : instructions[name];
  if (own) {
    f.do(...own);
    if (dtype === 'float32') f.do('f32.demote_f64', 'f64.promote_f32');
  } else f.call(context.scalarLaw(operation, dtype));
}
