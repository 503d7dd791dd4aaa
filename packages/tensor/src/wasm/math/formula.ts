import type { ConstantPool } from '../constants.ts';
import type { FunctionBody, Local } from '../function-body.ts';
import * as op from '../opcode.ts';
import { v128 } from '../value-type.ts';

/** What a formula on vectors is written into: each of its steps keeps its value in a local, to be used by later steps. */
export interface Formula {
  readonly f: FunctionBody;
  /** Products and sums may be fused. */
  readonly relaxed: boolean;
  readonly constants: ConstantPool;
}

/** A vector at hand, or a number that stands in each of its lanes. */
type Value = Local | number;

/** One instruction. Numbers are of the type that it works on; for those on bits they are float32. */
export function compute(l: Formula, instruction: number, ...operands: readonly Value[]): Local {
  for (let at = 0; at < operands.length; at++) {
    const operand = operands[at]!;
    if (typeof operand !== 'number') l.f.get(operand);
    else l.constants.write(l.f, op.worksOn(instruction), operand);
  }
  l.f.do(instruction);
  return keep(l);
}

export function add(l: Formula, a: Value, b: Value): Local {
  return compute(l, op.f32x4_add, a, b);
}

export function sub(l: Formula, a: Value, b: Value): Local {
  return compute(l, op.f32x4_sub, a, b);
}

export function mul(l: Formula, a: Value, b: Value): Local {
  return compute(l, op.f32x4_mul, a, b);
}

/** a·b + c */
export function multiplyAdd(l: Formula, a: Value, b: Value, c: Value): Local {
  return l.relaxed ? compute(l, op.f32x4_relaxed_madd, a, b, c) : add(l, mul(l, a, b), c);
}

/** A polynomial by Horner’s rule, highest power first. */
export function polynomial(l: Formula, x: Local, coefficients: readonly number[]): Local {
  let sum: Value = coefficients[0]!;
  for (let at = 1; at < coefficients.length; at++) sum = multiplyAdd(l, sum, x, coefficients[at]!);
  return sum as Local;
}

/** Bits moved by a number of places. */
export function shift(l: Formula, instruction: number, value: Local, places: number): Local {
  l.f.do(instruction, value, places);
  return keep(l);
}

/** One value where the mask is set, the other elsewhere. */
export function select(l: Formula, mask: Local, yes: Value, no: Value): Local {
  return compute(l, op.v128_bitselect, yes, no, mask);
}

/** The magnitude of one value, which must have none of its own, with the sign of another. */
export function withSign(l: Formula, magnitude: Local, sign: Local): Local {
  return compute(l, op.v128_or, magnitude, compute(l, op.v128_and, sign, -0));
}

/** Gives a value another one, computed only when some lane is not regular, as a mask says. */
export function mend({ f }: Formula, value: Local, regular: Local, other: () => Local): void {
  // The signs of lanes are gathered faster than it is found out whether any bit is set.
  f.do(op.i32x4_bitmask, regular).do(op.i32_ne, 15).if();
  f.get(other()).set(value).end();
}

/** 2ⁿ, for whole numbers from −127 to 127. */
function powerOf2(l: Formula, n: Local): Local {
  return shift(l, op.i32x4_shl, compute(l, op.i32x4_add, n, 127), 23);
}

/** 2ⁿ·y in two steps, so that neither over- nor underflows before the product does; n are whole numbers. */
export function scale(l: Formula, y: Local, n: Local): Local {
  const half = shift(l, op.i32x4_shr_s, n, 1);
  return mul(l, mul(l, y, powerOf2(l, half)), powerOf2(l, compute(l, op.i32x4_sub, n, half)));
}

/** 2⁻ⁿ, and 0 where that is smaller than float32 numbers are. */
export function inversePowerOf2(l: Formula, n: Local): Local {
  return shift(l, op.i32x4_shl, compute(l, op.i32x4_max_s, compute(l, op.i32x4_sub, 127, n), 0), 23);
}

/** Keeps the vector on the stack in a new local. */
export function keep({ f }: Formula): Local {
  const local = f.local(v128);
  f.set(local);
  return local;
}
