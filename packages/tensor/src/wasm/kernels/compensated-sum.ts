import type { ComputeDType } from '../../dtype.ts';
import { elementwise } from '../../operations/elementwise.ts';
import type { FunctionBody, Local } from '../assembler/function-body.ts';
import * as op from '../assembler/opcode.ts';
import { v128 } from '../assembler/opcode.ts';
import { instructionOf } from '../instructions.ts';

/**
 * Adds a vector to a total by compensated summation: `lost` holds the rounding error of the last addition, which the next
 * one makes up for. The error of the total does not grow with the number of additions. Both start at 0.
 *
 * @see Kahan, Further Remarks on Reducing Truncation Errors (1965)
 */
export function addCompensated(f: FunctionBody, dtype: ComputeDType, total: Local, lost: Local, value: Local): void {
  const [add, subtract, equal] = [elementwise.add, elementwise.sub, elementwise.equal].map((one) =>
    instructionOf(one, dtype),
  ) as [number, number, number];
  const [corrected, next] = f.locals(v128, 2) as [Local, Local];
  f.do(subtract, value, lost).tee(corrected);
  f.do(add, total).tee(next);
  f.do(subtract, total).do(subtract, corrected).set(lost);
  // An infinite total gives an error of NaN, which becomes 0.
  f.get(lost).do(equal, lost, lost).do(op.v128_and).set(lost);
  f.get(next).set(total);
}
