import { type DType, promote } from '../dtype.ts';
import { DTypeError } from '../errors.ts';
import type { Expression, Apply, StridedView, Buffer, Load, Store } from '../loops/ir.ts';
import type { FunctionBody, Local } from './assembler/function-body.ts';
import * as op from './assembler/opcode.ts';
import { v128 } from './assembler/opcode.ts';
import type { Context } from './context.ts';
import { callJs } from './js-calls.ts';
import { loadDouble, type LoopNest } from './loop-nest.ts';
import { formulas } from './math/formulas.ts';
import { callFormula, writeFormula } from './math/vector.ts';
import { loadLanes, storeLanes, type VectorAccess } from './vector-memory.ts';

/** Writes a law on whole numbers, of lanes, that is no instruction: lane by lane it goes through JavaScript, in doubles. */
export function writeLaneByLane(
  f: FunctionBody,
  context: Context,
  { operation, inputs, dtype }: Apply,
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
    callJs(f, context.laws, operation, dtype, () => {
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

/** What a law is carried out on: four lanes of float32, int32 or bool (all ones and all zeros), or one float64. */
export const held = { float32: 0, int32: 1, bool: 2, float64: 3 } as const;

/** The laws that are one instruction, on each kind of number; 0 where there is none. */
export const instructions: Readonly<Record<string, readonly [number, number, number, number]>> = {
  add: [op.f32x4_add, op.i32x4_add, 0, op.f64_add],
  sub: [op.f32x4_sub, op.i32x4_sub, 0, op.f64_sub],
  mul: [op.f32x4_mul, op.i32x4_mul, 0, op.f64_mul],
  div: [op.f32x4_div, 0, 0, op.f64_div],
  neg: [op.f32x4_neg, op.i32x4_neg, 0, op.f64_neg],
  abs: [op.f32x4_abs, op.i32x4_abs, 0, op.f64_abs],
  sqrt: [op.f32x4_sqrt, 0, 0, op.f64_sqrt],
  floor: [op.f32x4_floor, op.nop, 0, 0],
  ceil: [op.f32x4_ceil, op.nop, 0, 0],
  round: [op.f32x4_nearest, op.nop, 0, 0],
  maximum: [op.f32x4_max, op.i32x4_max_s, op.v128_or, 0],
  minimum: [op.f32x4_min, op.i32x4_min_s, op.v128_and, 0],
  equal: [op.f32x4_eq, op.i32x4_eq, op.i32x4_eq, op.f64_eq],
  notEqual: [op.f32x4_ne, op.i32x4_ne, op.v128_xor, op.f64_ne],
  less: [op.f32x4_lt, op.i32x4_lt_s, 0, op.f64_lt],
  lessEqual: [op.f32x4_le, op.i32x4_le_s, 0, op.f64_le],
  greater: [op.f32x4_gt, op.i32x4_gt_s, 0, op.f64_gt],
  greaterEqual: [op.f32x4_ge, op.i32x4_ge_s, 0, op.f64_ge],
  logicalAnd: [0, 0, op.v128_and, 0],
  logicalOr: [0, 0, op.v128_or, 0],
  logicalXor: [0, 0, op.v128_xor, 0],
  logicalNot: [0, 0, op.v128_not, 0],
};

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
  readonly load: (load: Load) => void;
  /** Are formulas written where they are used, instead of calling a function for them? */
  readonly inline: boolean;
}

/** Writes an expression on four lanes; its value is left on the stack, booleans as masks. */
export function writeLanes(lanes: Lanes, value: Expression): void {
  if (value.kind === 'apply') writeApply(lanes, value);
  else if (value.kind === 'load') {
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

function writeApply(lanes: Lanes, value: Apply): void {
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
function writePlain(lanes: Lanes, value: Apply): void {
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
function writeFormulaOf(lanes: Lanes, { operation, inputs }: Apply): boolean {
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
function writeMultiplyAdd(lanes: Lanes, { operation, inputs }: Apply): boolean {
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

function isProduct(value: Expression): value is Apply {
  return value.kind === 'apply' && value.operation.name === 'mul' && value.dtype === 'float32';
}

/** The type of lane that a law works in: that of its result, or where it asks for an order, that of its inputs. */
function workedIn({ operation, inputs, dtype }: Apply): LaneType {
  // What has instructions on numbers, and answers with yes or no, compares them.
  if (dtype !== 'bool' || !instructions[operation.name]?.[held.int32]) return dtype as LaneType;
  return inputs.map((input) => input.dtype).reduce(promote) as LaneType;
}

/**
 * Computes the values of a map on lanes, and stores them, one after the other.
 *
 * @param inline  are formulas written out, instead of calling a function for them?
 * @param seenBy  where the lanes that a view sees lie
 * @param atHand  the buffers whose lanes need not be read; those of what is stored are added
 */
export function writeStores(
  f: FunctionBody,
  context: Context,
  stores: readonly Store[],
  inline: boolean,
  seenBy: (view: StridedView) => VectorAccess,
  atHand: Map<Buffer, Local> = new Map(),
): void {
  const load = ({ view }: Load): void => {
    const known = atHand.get(view.buffer);
    if (known) f.get(known);
    else loadLanes(f, seenBy(view));
  };
  for (const { value, to } of stores) {
    writeLanes({ f, context, load, inline }, value);
    toWords(f, to.buffer.dtype);
    const lanes = f.local(v128);
    f.set(lanes);
    storeLanes(f, seenBy(to), lanes);
    atHand.set(to.buffer, lanes);
  }
}

/**
 * Writes an expression on single numbers of any dtype, held as doubles and rounded where a result is stored, as the
 * reference does; its value is left on the stack.
 */
export function writeDouble(f: FunctionBody, context: Context, value: Expression, nest: LoopNest): void {
  if (value.kind === 'load') return loadDouble(nest, value.view);
  if (value.kind === 'constant') {
    f.f64(value.value);
    return;
  }
  const { operation, inputs, dtype } = value;
  const operands = (): void => {
    for (const input of inputs) writeDouble(f, context, input, nest);
  };
  // Whole numbers wrap, and some laws have no instruction: those go through JavaScript.
  const instruction = dtype === 'int32' ? 0 : instructions[operation.name]?.[held.float64];
  if (!instruction) return callJs(f, context.laws, operation, dtype, operands);
  operands();
  f.do(instruction);
  if (dtype === 'bool') f.do(op.f64_convert_i32_s);
  else if (dtype === 'float32') f.do(op.f32_demote_f64).do(op.f64_promote_f32);
}
