import type { ComputeDType } from '../../dtype.ts';
import type { ElementwiseOperation } from '../../operation.ts';
import type { FunctionBody, Local } from '../assembler/function-body.ts';
import * as op from '../assembler/opcode.ts';
import { v128, type ValueType } from '../assembler/opcode.ts';
import type { ConstantPool, Context } from '../context.ts';
import { callJs } from '../js-calls.ts';

/** The target of a formula on vectors. Each step of a formula stores its value in a new local. */
export interface Formula {
  readonly f: FunctionBody;
  /** Whether fused multiply-add may be used. */
  readonly relaxed: boolean;
  readonly constants: ConstantPool;
}

/** A vector in a local, or a constant in every lane. */
type Value = Local | number;

/** One instruction. Constants have its lane type; for bitwise instructions they are float32. */
export function compute(l: Formula, instruction: number, ...operands: readonly Value[]): Local {
  for (let at = 0; at < operands.length; at++) {
    const operand = operands[at]!;
    if (typeof operand !== 'number') l.f.get(operand);
    else l.constants.write(l.f, op.worksOn(instruction), operand);
  }
  l.f.do(instruction);
  return store(l);
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

/** A shift of each lane by a number of bits. */
export function shift(l: Formula, instruction: number, value: Local, bits: number): Local {
  l.f.do(instruction, value, bits);
  return store(l);
}

/** `yes` where the mask is set, `no` elsewhere. */
export function select(l: Formula, mask: Local, yes: Value, no: Value): Local {
  return compute(l, op.v128_bitselect, yes, no, mask);
}

/** A value with the sign of another. The sign bit of `magnitude` must be 0. */
export function withSign(l: Formula, magnitude: Local, sign: Local): Local {
  return compute(l, op.v128_or, magnitude, compute(l, op.v128_and, sign, -0));
}

/** Replaces a value by `other`, which is computed only when the mask `regular` is not set in every lane. */
export function replaceIrregular({ f }: Formula, value: Local, regular: Local, other: () => Local): void {
  // bitmask is faster than a test whether any bit is set.
  f.do(op.i32x4_bitmask, regular).do(op.i32_ne, 15).if();
  f.get(other()).set(value).end();
}

/** The same for two float64 lanes. */
export function replaceIrregular64({ f }: Formula, value: Local, regular: Local, other: () => Local): void {
  f.do(op.i64x2_bitmask, regular).do(op.i32_ne, 3).if();
  f.get(other()).set(value).end();
}

/** 2ⁿ, for integers from −127 to 127. */
function powerOf2(l: Formula, n: Local): Local {
  return shift(l, op.i32x4_shl, compute(l, op.i32x4_add, n, 127), 23);
}

/** 2ⁿ·y in two steps, so that no factor overflows or underflows unless the result does; n are integers. */
export function scale(l: Formula, y: Local, n: Local): Local {
  const half = shift(l, op.i32x4_shr_s, n, 1);
  return mul(l, mul(l, y, powerOf2(l, half)), powerOf2(l, compute(l, op.i32x4_sub, n, half)));
}

/** 2⁻ⁿ, or 0 where that is not a normal float32. */
export function inversePowerOf2(l: Formula, n: Local): Local {
  return shift(l, op.i32x4_shl, compute(l, op.i32x4_max_s, compute(l, op.i32x4_sub, 127, n), 0), 23);
}

/** Stores the vector on the stack in a new local. */
export function store({ f }: Formula): Local {
  const local = f.local(v128);
  f.set(local);
  return local;
}

// Steps in float64, for formulas that need more precision.

/** A polynomial by Horner’s rule on two float64 lanes, highest power first, never fused. */
function horner64(l: Formula, x: Local, [first, ...rest]: readonly number[]): Local {
  return rest.reduce<Local | number>(
    (sum, coefficient) => compute(l, op.f64x2_add, compute(l, op.f64x2_mul, sum, x), coefficient),
    first!,
  ) as Local;
}

/** From this number of coefficients on, the sums of even and odd powers are computed beside each other. */
const sideBySide = 6;

/** A polynomial on two float64 lanes, highest power first, never fused. */
export function polynomial64(l: Formula, x: Local, coefficients: readonly number[]): Local {
  const count = coefficients.length;
  if (count < sideBySide) return horner64(l, x, coefficients);
  const square = compute(l, op.f64x2_mul, x, x);
  const [even, odd] = [1, 0].map((kind) =>
    horner64(
      l,
      square,
      coefficients.filter((_, at) => (count - at) % 2 === kind),
    ),
  ) as [Local, Local];
  return compute(l, op.f64x2_add, compute(l, op.f64x2_mul, odd, x), even);
}

/** The four float32 lanes as two vectors of two float64 lanes. */
export function doublesOf(l: Formula, x: Local): [Local, Local] {
  l.f.do(op.i8x16_shuffle, x, x).with(8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15);
  const upper = store(l);
  return [compute(l, op.f64x2_promote_low_f32x4, x), compute(l, op.f64x2_promote_low_f32x4, upper)];
}

/**
 * The nearest integer of each float64, as int32 lanes, and the remainder that `rest` computes, as float32 lanes. Of
 * integers beyond 2³¹ the lowest 32 bits are kept.
 */
export function nearest(
  l: Formula,
  halves: readonly Local[],
  rest: (whole: Local, half: number) => Local,
): { whole: Local; rest: Local } {
  // Doubles of this size are 1 apart: the sum is rounded to an integer, which is in the lowest bits.
  const magic = 1.5 * 2 ** 52;
  const [wholes, rests] = [[], []] as [Local[], Local[]];
  halves.forEach((half, at) => {
    const shifted = compute(l, op.f64x2_add, half, magic);
    wholes.push(shifted);
    rests.push(compute(l, op.f32x4_demote_f64x2_zero, rest(compute(l, op.f64x2_sub, shifted, magic), at)));
  });
  const together = ([a, b]: readonly Local[], bytes: readonly number[]): Local => {
    l.f.do(op.i8x16_shuffle, a!, b!).with(...bytes);
    return store(l);
  };
  return {
    whole: together(wholes, [0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27]),
    rest: together(rests, [0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23]),
  };
}

/** Calls the loop of an operation with one operand in JavaScript, on a float64 that `operand` puts on the stack. */
export type CallJs = (f: FunctionBody, operand: () => void) => void;

/** Writes an operation on lanes of a dtype: exact for int32, within 2 units in the last place for float32 and float64. */
export type WriteFormula = (l: Formula, a: Local, b: Local | undefined, call: CallJs) => Local;

/** Writes a formula on vectors in locals and leaves its value on the stack. */
export function writeFormula(
  f: FunctionBody,
  context: Context,
  operation: ElementwiseOperation<never>,
  dtype: ComputeDType,
  formula: WriteFormula,
  operands: readonly Local[],
): void {
  const call: CallJs = (g, operand) => callJs(g, context.jsCalls, operation, dtype, operand);
  const { relaxed, constants } = context;
  f.get(formula({ f, relaxed, constants }, operands[0]!, operands[1], call));
}

/** Calls the function of a formula on the vectors on the stack. The function is written at the first call. */
export function callFormula(
  f: FunctionBody,
  context: Context,
  operation: ElementwiseOperation<never>,
  dtype: ComputeDType,
  formula: WriteFormula,
): void {
  const lanes = new Array<ValueType>(operation.arity).fill(v128);
  f.call(
    context.once(formula, lanes, [v128], (g) => writeFormula(g, context, operation, dtype, formula, g.parameters)),
  );
}
