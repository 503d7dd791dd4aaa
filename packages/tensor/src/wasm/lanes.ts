import { type DType, promote } from '../dtype.ts';
import type { Expression, Law, Reading } from '../loops/kernel.ts';
import type { Context } from './context.ts';
import type { FunctionBody } from './function-body.ts';
import { writeLaneByLane } from './lane-by-lane.ts';
import { held, instructions } from './laws.ts';
import { formulas } from './math/formulas.ts';
import { callFormula, writeFormula } from './math/functions.ts';
import * as op from './opcode.ts';
import { v128 } from './value-type.ts';

/** What four lanes hold: float32, int32, or bool as all ones and all zeros. */
export type LaneType = Exclude<DType, 'float64'>;

/** Turns lanes of bool on the stack into words of 0 and 1, as they lie in memory; others stay as they are. */
export function toWords(f: FunctionBody, dtype: DType): void {
  if (dtype === 'bool') f.do(op.i32x4_shr_u, 31);
}

/** What expressions on four lanes are written into, and how. */
export interface Lanes {
  readonly f: FunctionBody;
  readonly context: Context;
  /** Puts the words of a reading on the stack. */
  readonly load: (reading: Reading) => void;
  /** Are formulas written where they are used, instead of calling a function for them? */
  readonly inline: boolean;
}

/** Writes an expression on four lanes; its value is left on the stack, booleans as masks. */
export function writeLanes(lanes: Lanes, value: Expression): void {
  if (value.kind === 'law') writeLaw(lanes, value);
  else if (value.kind === 'reading') {
    lanes.load(value);
    if (value.dtype === 'bool') test(lanes, op.i32x4_ne);
  } else writeNumber(lanes, value.dtype as LaneType, value.value);
}

/** Writes an expression, converted. */
function writeAs(lanes: Lanes, to: LaneType, value: Expression): void {
  writeLanes(lanes, value);
  const from = value.dtype;
  if (from === to) return;
  if (to === 'bool') test(lanes, from === 'float32' ? op.f32x4_ne : op.i32x4_ne);
  else if (from === 'bool') {
    writeNumber(lanes, to, 1);
    lanes.f.do(op.v128_and);
  } else lanes.f.do(to === 'float32' ? op.f32x4_convert_i32x4_s : op.i32x4_trunc_sat_f32x4_s);
}

function writeNumber({ f, context }: Lanes, dtype: LaneType, value: number): void {
  context.constants.write(f, dtype, value);
}

/** Compares the lanes on the stack with 0. */
function test(lanes: Lanes, comparison: number): void {
  writeNumber(lanes, 'int32', 0);
  lanes.f.do(comparison);
}

function writeLaw(lanes: Lanes, value: Law): void {
  const { f } = lanes;
  const { operation, inputs } = value;
  const { name } = operation;
  const dtype = value.dtype as LaneType;
  const first = inputs[0]!;
  if (name === 'cast') writeAs(lanes, dtype, first);
  else if (name === 'where') {
    writeAs(lanes, dtype, inputs[1]!);
    writeAs(lanes, dtype, inputs[2]!);
    writeAs(lanes, 'bool', first);
    f.do(op.v128_bitselect);
  } else if (name === 'clip' && dtype !== 'bool') {
    writeAs(lanes, dtype, first);
    writeAs(lanes, dtype, inputs[1]!);
    f.do(instructions['maximum']![held[dtype]]);
    writeAs(lanes, dtype, inputs[2]!);
    f.do(instructions['minimum']![held[dtype]]);
  } else if (name === 'sign' && dtype !== 'bool') writeSign(lanes, dtype, first);
  else if (dtype !== 'float32' || !(writeMultiplyAdd(lanes, value) || writeFormulaOf(lanes, value)))
    writePlain(lanes, value);
}

/** One instruction where there is one; other laws on whole numbers go lane by lane. */
function writePlain(lanes: Lanes, value: Law): void {
  const { operation, inputs } = value;
  const worked = workedIn(value);
  const instruction = instructions[operation.name]?.[held[worked]];
  if (instruction) {
    for (let at = 0; at < inputs.length; at++) writeAs(lanes, worked, inputs[at]!);
    lanes.f.do(instruction);
  } else {
    const { f, context } = lanes;
    writeLaneByLane(f, context, value, (input) => writeAs(lanes, 'int32', input));
  }
}

/** The plain choices between two numbers, by the laws that are the same where neither is NaN. */
const choices: Readonly<Record<string, number>> = { maximum: op.f32x4_pmax, minimum: op.f32x4_pmin };

/** Laws on float32 that are more than one instruction, or less. */
function writeFormulaOf(lanes: Lanes, { operation, inputs }: Law): boolean {
  const { f, context } = lanes;
  const { name } = operation;
  const known = inputs[1]?.kind === 'constant' ? inputs[1].value : NaN;
  // The plain choice between two numbers is one instruction; it keeps a NaN on the left, and none is on the right.
  const nearer = choices[name];
  if (nearer && !Number.isNaN(known)) {
    writeAs(lanes, 'float32', inputs[0]!);
    writeNumber(lanes, 'float32', known);
    f.do(nearer);
    return true;
  }
  if (instructions[name]?.[held.float32]) return false;
  const short = formulas[`${name} ${known}`];
  const formula = short ?? formulas[name];
  if (!formula) return false;
  for (const input of inputs) writeAs(lanes, 'float32', input);
  if (!short && !lanes.inline) callFormula(f, context, operation, formula);
  else {
    const operands = f.locals(v128, inputs.length);
    for (const operand of operands.toReversed()) f.set(operand);
    writeFormula(f, context, operation, formula, operands);
  }
  return true;
}

/** a·b + c in one instruction, where the engine has it. */
function writeMultiplyAdd(lanes: Lanes, { operation, inputs }: Law): boolean {
  const { name } = operation;
  if (!lanes.context.relaxed || (name !== 'add' && name !== 'sub')) return false;
  // a·b + c, c + a·b and c − a·b
  const at = isProduct(inputs[1]!) ? 1 : 0;
  const product = inputs[at]!;
  if (!isProduct(product) || (at === 0 && name === 'sub')) return false;
  for (const factor of product.inputs) writeAs(lanes, 'float32', factor);
  writeAs(lanes, 'float32', inputs[1 - at]!);
  lanes.f.do(name === 'add' ? op.f32x4_relaxed_madd : op.f32x4_relaxed_nmadd);
  return true;
}

/** 1 or −1 by the sign of a; 0 and NaN stay as they are. */
function writeSign(lanes: Lanes, dtype: LaneType, value: Expression): void {
  const { f } = lanes;
  const a = f.local(v128);
  writeAs(lanes, dtype, value);
  f.set(a);
  // bitselect takes what is chosen, what is not, and the mask
  writeNumber(lanes, dtype, 1);
  writeNumber(lanes, dtype, -1);
  f.get(a);
  for (const comparison of ['less', 'greater']) {
    f.get(a);
    test(lanes, instructions[comparison]![held[dtype]]);
    f.do(op.v128_bitselect);
  }
}

function isProduct(value: Expression): value is Law {
  return value.kind === 'law' && value.operation.name === 'mul' && value.dtype === 'float32';
}

/** The type of lane that a law works in: that of its result, or where it asks for an order, that of its inputs. */
function workedIn({ operation, inputs, dtype }: Law): LaneType {
  // What has instructions on numbers, and answers with yes or no, compares them.
  if (dtype !== 'bool' || !instructions[operation.name]?.[held.int32]) return dtype as LaneType;
  return inputs.map((input) => input.dtype).reduce(promote) as LaneType;
}
