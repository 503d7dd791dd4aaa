import { DTypeError } from '../error.ts';
import type { Expression, Law } from '../loops/kernel.ts';
import type { Context } from './context.ts';
import type { FunctionBody } from './function-body.ts';
import * as op from './opcode.ts';
import { callLaw } from './scalar-laws.ts';
import { v128 } from './value-type.ts';

/** Writes a law on whole numbers, of lanes, that is no instruction: lane by lane it goes through JavaScript, in doubles. */
export function writeLaneByLane(
  f: FunctionBody,
  context: Context,
  { operation, inputs, dtype }: Law,
  write: (input: Expression) => void,
): void {
  if (dtype === 'float32') {
    throw new DTypeError(
      `Cannot compile ${operation.name} of float32: wasm has neither an instruction nor a formula for it. ` +
        `Call the step without compile, or cast to float64.`,
    );
  }
  const operands = inputs.map((input) => {
    const local = f.local(v128);
    write(input);
    f.set(local);
    return local;
  });
  const result = f.local(v128);
  for (let lane = 0; lane < 4; lane++) {
    f.get(result);
    callLaw(f, context.laws, operation, dtype, () => {
      for (const local of operands) f.do(op.i32x4_extract_lane, local).with(lane).do(op.f64_convert_i32_s);
    });
    f.do(op.i32_trunc_sat_f64_s).do(op.i32x4_replace_lane).with(lane).set(result);
  }
  f.get(result);
  if (dtype === 'bool') {
    context.constants.write(f, 'int32', 0);
    f.do(op.i32x4_ne);
  }
}
