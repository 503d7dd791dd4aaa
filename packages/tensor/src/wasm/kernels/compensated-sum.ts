import type { FunctionBody, Local } from '../assembler/function-body.ts';
import { v128 } from '../assembler/opcode.ts';
import * as op from '../assembler/opcode.ts';

/**
 * Adds a vector of float32 to a total together with what rounding took from the additions before it, and keeps what it
 * takes from this one: the error of the total does not grow with the number of additions. Both start at 0.
 *
 * @see Kahan, Further Remarks on Reducing Truncation Errors (1965)
 */
export function addCompensated(f: FunctionBody, total: Local, lost: Local, value: Local): void {
  const [corrected, next] = f.locals(v128, 2) as [Local, Local];
  f.do(op.f32x4_sub, value, lost).tee(corrected);
  f.do(op.f32x4_add, total).tee(next);
  f.do(op.f32x4_sub, total).do(op.f32x4_sub, corrected).set(lost);
  // Beside an infinite total nothing is lost: NaN there becomes 0.
  f.get(lost).do(op.f32x4_eq, lost, lost).do(op.v128_and).set(lost);
  f.get(next).set(total);
}
