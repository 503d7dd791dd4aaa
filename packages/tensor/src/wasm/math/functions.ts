import type { Elementwise } from '../../operation.ts';
import type { Context } from '../context.ts';
import type { FunctionBody, Local } from '../function-body.ts';
import { callLaw } from '../scalar-laws.ts';
import { v128, type ValueType } from '../value-type.ts';
import type { Formula } from './formula.ts';

/** Calls a law of one operand as JavaScript has it, on a float64 that `operand` puts on the stack. */
export type CallLaw = (f: FunctionBody, operand: () => void) => void;

/** Writes a law on four float32 lanes, within 2 units in the last place. */
export type WriteFormula = (l: Formula, a: Local, b: Local | undefined, law: CallLaw) => Local;

/** Writes a formula on vectors in locals; its value is left on the stack. */
export function writeFormula(
  f: FunctionBody,
  context: Context,
  operation: Elementwise<never>,
  formula: WriteFormula,
  operands: readonly Local[],
): void {
  const law: CallLaw = (g, operand) => callLaw(g, context.laws, operation, 'float32', operand);
  const { relaxed, constants } = context;
  f.get(formula({ f, relaxed, constants }, operands[0]!, operands[1], law));
}

/** Calls the function that holds a formula, on the vectors on the stack. */
export function callFormula(
  f: FunctionBody,
  context: Context,
  operation: Elementwise<never>,
  formula: WriteFormula,
): void {
  const lanes = new Array<ValueType>(operation.arity).fill(v128);
  f.call(
    context.once(operation.name, lanes, [v128], (g) => writeFormula(g, context, operation, formula, g.parameters)),
  );
}
