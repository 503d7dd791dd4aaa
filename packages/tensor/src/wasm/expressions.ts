import { computedIn, type ComputeDType, promote } from '../dtype.ts';
import type { ElementwiseOperation } from '../operation.ts';
import { cast, clip, elementwise, where } from '../operations/elementwise.ts';
import {
  type Expression,
  type Apply,
  type StridedView,
  type Buffer,
  holds,
  type Load,
  type Store,
} from '../loops/ir.ts';
import type { FunctionBody, Local } from './assembler/function-body.ts';
import * as op from './assembler/opcode.ts';
import { v128 } from './assembler/opcode.ts';
import type { Context } from './context.ts';
import { choiceOf, formulaFor, formulaOf, instructionOf } from './instructions.ts';
import { callJs } from './js-calls.ts';
import { callFormula, writeFormula } from './math/vector.ts';
import { loadLanes, storeLanes, type VectorAccess } from './vector-memory.ts';

/** Turns lanes of bool on the stack into 0 and 1, as memory holds them. Other lanes stay as they are. */
export function toWords(f: FunctionBody, dtype: ComputeDType): void {
  if (dtype === 'bool') f.do(op.i32x4_shr_u, 31);
}

/** The number of elements per vector: 2 if any value is float64, else 4. */
export function lanesFor(values: readonly Expression[]): 2 | 4 {
  return values.some((value) => holds(value, 'float64')) ? 2 : 4;
}

/** Where and how expressions on lanes are written. */
export interface Lanes {
  readonly f: FunctionBody;
  readonly context: Context;
  /** The number of elements in a vector. Where it is 2, lanes of 32 bits are the first two of four. */
  readonly count: 2 | 4;
  /** Puts the lanes that an expression loads on the stack. */
  readonly load: (load: Load) => void;
  /** Whether formulas are written where they are used, instead of as calls of a function. */
  readonly inline: boolean;
}

/** Writes an expression on lanes and leaves its value on the stack; booleans are masks of 32 bits. */
export function writeLanes(lanes: Lanes, value: Expression): void {
  if (value.kind === 'apply') writeApply(lanes, value);
  else if (value.kind === 'load') {
    lanes.load(value);
    if (value.dtype === 'bool') test(lanes, op.i32x4_ne);
  } else writeNumber(lanes, value.dtype, value.value);
}

/** Writes an expression and converts it to a dtype. */
function writeAs(lanes: Lanes, to: ComputeDType, value: Expression): void {
  writeLanes(lanes, value);
  const from = value.dtype;
  const { f } = lanes;
  if (from === to) return;
  if (to === 'bool') {
    test(lanes, instructionOf(elementwise.notEqual, from));
    if (from === 'float64') narrow(lanes);
  } else if (from === 'bool') {
    writeNumber(lanes, to === 'float32' ? 'float32' : 'int32', 1);
    f.do(op.v128_and);
    if (to === 'float64') f.do(op.f64x2_convert_low_i32x4_s);
  } else f.do(conversions[from][to]);
}

/** The instructions that convert numbers. */
const conversions = {
  float32: { float32: op.nop, int32: op.i32x4_trunc_sat_f32x4_s, float64: op.f64x2_promote_low_f32x4 },
  int32: { float32: op.f32x4_convert_i32x4_s, int32: op.nop, float64: op.f64x2_convert_low_i32x4_s },
  float64: { float32: op.f32x4_demote_f64x2_zero, int32: op.i32x4_trunc_sat_f64x2_s_zero, float64: op.nop },
} as const;

/** Turns the two masks of 64 bits on the stack into masks of 32 bits. */
function narrow({ f }: Lanes): void {
  const mask = f.local(v128);
  f.tee(mask).do(op.i8x16_shuffle, mask).with(0, 1, 2, 3, 8, 9, 10, 11, 0, 1, 2, 3, 8, 9, 10, 11);
}

function writeNumber({ f, context }: Lanes, dtype: ComputeDType, value: number): void {
  context.constants.write(f, dtype, value);
}

/** Compares the lanes on the stack with 0, whose bits are the same in all dtypes. */
function test(lanes: Lanes, comparison: number): void {
  writeNumber(lanes, 'int32', 0);
  lanes.f.do(comparison);
}

/** The writers of operations that are no single instruction and no formula. */
const specialWriters: ReadonlyMap<ElementwiseOperation<never>, (lanes: Lanes, value: Apply) => void> = new Map([
  [cast as ElementwiseOperation<never>, writeCast],
  [where, writeWhere],
  [clip, writeClip],
  [elementwise.sign, writeSign],
]);

function writeApply(lanes: Lanes, value: Apply): void {
  const write = specialWriters.get(value.operation);
  if (write) write(lanes, value);
  else if (!(writeMultiplyAdd(lanes, value) || writeChoice(lanes, value) || writeFormulaOf(lanes, value)))
    writePlain(lanes, value);
}

function writeCast(lanes: Lanes, { inputs, dtype }: Apply): void {
  writeAs(lanes, dtype, inputs[0]!);
}

function writeWhere(lanes: Lanes, { inputs, dtype }: Apply): void {
  writeAs(lanes, dtype, inputs[1]!);
  writeAs(lanes, dtype, inputs[2]!);
  writeAs(lanes, 'bool', inputs[0]!);
  if (dtype === 'float64') lanes.f.do(op.i64x2_extend_low_i32x4_s);
  lanes.f.do(op.v128_bitselect);
}

function writeClip(lanes: Lanes, value: Apply): void {
  const dtype = value.dtype;
  const [a, low, high] = value.inputs as [Expression, Expression, Expression];
  writeAs(lanes, dtype, a);
  writeAs(lanes, dtype, low);
  lanes.f.do(instructionOf(elementwise.maximum, dtype));
  writeAs(lanes, dtype, high);
  lanes.f.do(instructionOf(elementwise.minimum, dtype));
}

/** Writes an operation as one instruction where there is one, otherwise lane by lane in JavaScript. */
function writePlain(lanes: Lanes, value: Apply): void {
  const dtype = lanesDType(value);
  const instruction = instructionOf(value.operation, dtype);
  if (!instruction) return writeLaneByLane(lanes, value);
  for (const input of value.inputs) writeAs(lanes, dtype, input);
  lanes.f.do(instruction);
  if (dtype === 'float64' && value.dtype === 'bool') narrow(lanes);
}

/** The dtype in which an operation computes. If it is float32, int32 operands are rounded first. */
function computedDType({ inputs, dtype }: Pick<Apply, 'inputs' | 'dtype'>): ComputeDType {
  const dtypes = inputs.map((input) => input.dtype);
  return computedIn(dtypes, dtype);
}

/** Calls the loop of an operation in JavaScript, lane by lane. */
function writeLaneByLane(lanes: Lanes, { operation, inputs, dtype }: Apply): void {
  const computed = computedDType({ inputs, dtype });
  const operands = inputs.map((input): LaneOperand => {
    const rounds = input.dtype === 'int32' && computed === 'float32';
    const own = input.dtype === 'bool' ? 'int32' : input.dtype;
    const held = rounds ? 'float32' : own;
    writeAs(lanes, held, input);
    const local = lanes.f.local(v128);
    lanes.f.set(local);
    return { held, local };
  });
  callLaneByLane(lanes, operation, dtype, operands);
}

/** A vector in a local. */
export interface LaneOperand {
  readonly held: Exclude<ComputeDType, 'bool'>;
  readonly local: Local;
}

/** The instructions that extract a lane as a double, and that insert a double into a lane. */
const lanesAsDoubles = {
  float32: [[op.f32x4_extract_lane, op.f64_promote_f32], [op.f32_demote_f64, op.f32x4_replace_lane]],
  int32: [[op.i32x4_extract_lane, op.f64_convert_i32_s], [op.i32_trunc_sat_f64_s, op.i32x4_replace_lane]],
  float64: [[op.f64x2_extract_lane, op.nop], [op.nop, op.f64x2_replace_lane]],
} as const; // prettier-ignore

/** Calls an operation in JavaScript for each lane of vectors, and leaves the results on the stack. */
export function callLaneByLane(
  lanes: Pick<Lanes, 'f' | 'context' | 'count'>,
  operation: ElementwiseOperation<never>,
  dtype: ComputeDType,
  operands: readonly LaneOperand[],
): void {
  const { f, context, count } = lanes;
  const result = f.local(v128);
  const [, [round, put]] = lanesAsDoubles[dtype === 'bool' ? 'int32' : dtype];
  for (let lane = 0; lane < count; lane++) {
    f.get(result);
    callJs(f, context.jsCalls, operation, dtype, () => {
      for (const { held, local } of operands) {
        const [[take, widen]] = lanesAsDoubles[held];
        f.do(take, local).with(lane).do(widen);
      }
    });
    f.do(round).do(put).with(lane).set(result);
  }
  f.get(result);
  if (dtype === 'bool') {
    context.constants.write(f, 'int32', 0);
    f.do(op.i32x4_ne);
  }
}

/** The second operand if it is a constant, otherwise NaN. */
const constantSecond = ({ inputs }: Apply): number => (inputs[1]?.kind === 'constant' ? inputs[1].value : NaN);

/** The larger or smaller of a float32 number and a constant: one instruction, which keeps a NaN on the left. */
function writeChoice(lanes: Lanes, value: Apply): boolean {
  const { f } = lanes;
  const { operation, inputs, dtype } = value;
  const constant = constantSecond(value);
  const choice = dtype === 'float32' ? choiceOf(operation, constant) : 0;
  if (!choice) return false;
  writeAs(lanes, 'float32', inputs[0]!);
  writeNumber(lanes, 'float32', constant);
  f.do(choice);
  // The instruction returns −0 for −0 and 0. Their maximum is 0, and −0 + 0 = 0.
  if (Object.is(constant, 0) && operation === elementwise.maximum) {
    writeNumber(lanes, 'float32', 0);
    f.do(op.f32x4_add);
  }
  return true;
}

/** Writes the formula of an operation that has one and has no instruction. */
function writeFormulaOf(lanes: Lanes, value: Apply): boolean {
  const { f, context } = lanes;
  const { operation, inputs, dtype } = value;
  if (instructionOf(operation, dtype)) return false;
  const short = formulaFor(operation, dtype, constantSecond(value));
  const formula = short ?? formulaOf(operation, dtype);
  if (!formula) return false;
  for (const input of inputs) writeAs(lanes, dtype, input);
  if (!short && !lanes.inline) callFormula(f, context, operation, dtype, formula);
  else {
    const operands = f.locals(v128, inputs.length);
    for (const operand of operands.toReversed()) f.set(operand);
    writeFormula(f, context, operation, dtype, formula, operands);
  }
  return true;
}

/** Writes a·b + c as one instruction, where the engine has it. */
function writeMultiplyAdd(lanes: Lanes, { operation, inputs, dtype }: Apply): boolean {
  const subtracts = operation === elementwise.sub;
  if (dtype !== 'float32' || !lanes.context.relaxed || !(subtracts || operation === elementwise.add)) return false;
  // a·b + c, c + a·b and c − a·b
  const at = isProduct(inputs[1]!) ? 1 : 0;
  const product = inputs[at]!;
  if (!isProduct(product) || (at === 0 && subtracts)) return false;
  for (const factor of product.inputs) writeAs(lanes, 'float32', factor);
  writeAs(lanes, 'float32', inputs[1 - at]!);
  lanes.f.do(subtracts ? op.f32x4_relaxed_nmadd : op.f32x4_relaxed_madd);
  return true;
}

/** Writes 1 or −1 by the sign of a; 0 and NaN stay as they are. */
function writeSign(lanes: Lanes, value: Apply): void {
  const { f } = lanes;
  const dtype = value.dtype;
  const a = f.local(v128);
  writeAs(lanes, dtype, value.inputs[0]!);
  f.set(a);
  // bitselect takes the value where the mask is set, the value elsewhere, and the mask
  writeNumber(lanes, dtype, 1);
  writeNumber(lanes, dtype, -1);
  f.get(a);
  for (const comparison of [elementwise.less, elementwise.greater]) {
    f.get(a);
    test(lanes, instructionOf(comparison, dtype));
    f.do(op.v128_bitselect);
  }
}

function isProduct(value: Expression): value is Apply {
  return value.kind === 'apply' && value.operation === elementwise.mul && value.dtype === 'float32';
}

/** The dtype of the lanes: that of the result, or for a comparison, that of the inputs. */
function lanesDType({ operation, inputs, dtype }: Apply): ComputeDType {
  // An operation with an instruction on int32 lanes and a result of bool is a comparison.
  if (dtype !== 'bool' || !instructionOf(operation, 'int32')) return dtype;
  return inputs.map((input) => input.dtype).reduce<ComputeDType>(promote, 'bool');
}

/** The number of operations in an expression that have formulas. */
export function formulasIn(value: Expression): number {
  if (value.kind !== 'apply') return 0;
  return value.inputs.reduce((sum, input) => sum + formulasIn(input), formulaOf(value.operation, value.dtype) ? 1 : 0);
}

/**
 * Computes the values of a map on lanes and stores them, one after the other.
 *
 * @param count     the number of elements in a vector
 * @param inline    whether formulas are written out, instead of as calls of a function
 * @param accessOf  the lanes of a view in memory
 * @param known     the buffers whose lanes are in locals already; those of the stores are added
 */
export function writeStores(
  f: FunctionBody,
  context: Context,
  stores: readonly Store[],
  count: 2 | 4,
  inline: boolean,
  accessOf: (view: StridedView) => VectorAccess,
  known: Map<Buffer, Local> = new Map(),
): void {
  const load = ({ view }: Load): void => {
    const local = known.get(view.buffer);
    if (local) f.get(local);
    else loadLanes(f, accessOf(view));
  };
  for (const { value, to } of stores) {
    writeLanes({ f, context, count, load, inline }, value);
    toWords(f, to.buffer.dtype);
    const lanes = f.local(v128);
    f.set(lanes);
    storeLanes(f, accessOf(to), lanes);
    known.set(to.buffer, lanes);
  }
}
