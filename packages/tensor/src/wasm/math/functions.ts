import type { FunctionBody, Local } from '../function-body.ts';
import { erf } from './erf.ts';
import { exp, expm1 } from './exp.ts';
import type { Formula } from './formula.ts';
import { log, log1p } from './log.ts';
import { pow } from './pow.ts';
import { tanh } from './tanh.ts';
import { cos, sin } from './trigonometry.ts';

/** Calls a law of one operand as JavaScript has it, on a float64 that `operand` puts on the stack. */
export type CallLaw = (f: FunctionBody, operand: () => void) => void;

/** Writes a law on four float32 lanes, within 2 units in the last place. */
type Write = (l: Formula, a: Local, b: Local | undefined, law: CallLaw) => Local;

/** The laws that are formulas, by name: a module holds each as a function. */
export const formulas: Readonly<Record<string, Write>> = { cos, erf, exp, expm1, log, log1p, pow, sin, tanh };
