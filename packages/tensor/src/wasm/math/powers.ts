import type { Local } from '../function-body.ts';
import * as op from '../opcode.ts';
import { add, compute, mul, select, type Formula } from './formula.ts';

/** Powers that need no logarithm, as their exponents are known beforehand. */
export const powers: Readonly<Record<string, (l: Formula, a: Local) => Local>> = {
  'pow -2': (l, a) => square(l, compute(l, op.f32x4_div, 1, a)),
  'pow -1': (l, a) => compute(l, op.f32x4_div, 1, a),
  'pow -0.5': (l, a) => compute(l, op.f32x4_div, 1, squareRoot(l, a)),
  'pow 0.5': squareRoot,
  'pow 1': (_, a) => a,
  'pow 2': square,
  'pow 3': (l, a) => mul(l, square(l, a), a),
};

function square(l: Formula, a: Local): Local {
  return mul(l, a, a);
}

/** √a, and as a power has it, 0 at −0 and ∞ at −∞. */
function squareRoot(l: Formula, a: Local): Local {
  return select(l, compute(l, op.f32x4_eq, a, -Infinity), Infinity, compute(l, op.f32x4_sqrt, add(l, a, 0)));
}
