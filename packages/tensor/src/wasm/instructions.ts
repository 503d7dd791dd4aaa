import type { ComputeDType } from '../dtype.ts';
import type { ElementwiseOperation } from '../operation.ts';
import { clip, elementwise, erf, where } from '../operations/elementwise.ts';
import * as op from './assembler/opcode.ts';
import * as exponential from './math/exponential.ts';
import { erf as writeErf } from './math/erf.ts';
import * as float64 from './math/float64.ts';
import { erf as erf64 } from './math/float64-erf.ts';
import { pow as pow64 } from './math/float64-power.ts';
import * as int32 from './math/int32.ts';
import { cos, sin } from './math/trigonometry.ts';
import type { WriteFormula } from './math/vector.ts';

// What wasm knows of operations. The tables are keyed by the operations themselves, never by their names: an operation
// that is not in them is computed by its own loop, in JavaScript, whatever it is called.

type Elementwise = ElementwiseOperation<never>;

/** Opcodes of one operation, on lanes of float32, int32, bool and float64; 0 where there is none. */
type Opcodes = readonly [float32: number, int32: number, bool: number, float64: number];

const columns = { float32: 0, int32: 1, bool: 2, float64: 3 } as const;

const opcodes: ReadonlyMap<Elementwise, Opcodes> = /* @__PURE__ */ new Map<Elementwise, Opcodes>([
  [elementwise.add, [op.f32x4_add, op.i32x4_add, 0, op.f64x2_add]],
  [elementwise.sub, [op.f32x4_sub, op.i32x4_sub, 0, op.f64x2_sub]],
  [elementwise.mul, [op.f32x4_mul, op.i32x4_mul, 0, op.f64x2_mul]],
  [elementwise.div, [op.f32x4_div, 0, 0, op.f64x2_div]],
  [elementwise.neg, [op.f32x4_neg, op.i32x4_neg, 0, op.f64x2_neg]],
  [elementwise.abs, [op.f32x4_abs, op.i32x4_abs, 0, op.f64x2_abs]],
  [elementwise.sqrt, [op.f32x4_sqrt, 0, 0, op.f64x2_sqrt]],
  [elementwise.floor, [op.f32x4_floor, op.nop, 0, op.f64x2_floor]],
  [elementwise.ceil, [op.f32x4_ceil, op.nop, 0, op.f64x2_ceil]],
  [elementwise.round, [op.f32x4_nearest, op.nop, 0, op.f64x2_nearest]],
  [elementwise.maximum, [op.f32x4_max, op.i32x4_max_s, op.v128_or, op.f64x2_max]],
  [elementwise.minimum, [op.f32x4_min, op.i32x4_min_s, op.v128_and, op.f64x2_min]],
  [elementwise.equal, [op.f32x4_eq, op.i32x4_eq, op.i32x4_eq, op.f64x2_eq]],
  [elementwise.notEqual, [op.f32x4_ne, op.i32x4_ne, op.v128_xor, op.f64x2_ne]],
  [elementwise.less, [op.f32x4_lt, op.i32x4_lt_s, 0, op.f64x2_lt]],
  [elementwise.lessEqual, [op.f32x4_le, op.i32x4_le_s, 0, op.f64x2_le]],
  [elementwise.greater, [op.f32x4_gt, op.i32x4_gt_s, 0, op.f64x2_gt]],
  [elementwise.greaterEqual, [op.f32x4_ge, op.i32x4_ge_s, 0, op.f64x2_ge]],
  [elementwise.logicalAnd, [0, 0, op.v128_and, 0]],
  [elementwise.logicalOr, [0, 0, op.v128_or, 0]],
  [elementwise.logicalXor, [0, 0, op.v128_xor, 0]],
  [elementwise.logicalNot, [0, 0, op.v128_not, 0]],
]);

/** The opcode of an operation on lanes of a dtype; 0 where it is no single instruction. */
export function instructionOf(operation: Elementwise, dtype: ComputeDType): number {
  return opcodes.get(operation)?.[columns[dtype]] ?? 0;
}

/** Whether an operation is a few instructions on lanes of float32 or bool, without a call. */
export function isShort(operation: Elementwise): boolean {
  return opcodes.has(operation) || operation === where || operation === clip;
}

/**
 * The opcode that chooses between a float32 number and a constant, up to the sign of a maximum of zeros; 0 where there is
 * none.
 */
export function choiceOf(operation: Elementwise, constant: number): number {
  if (Number.isNaN(constant)) return 0;
  if (operation === elementwise.maximum) return op.f32x4_pmax;
  // For 0 and −0 it would return 0.
  return operation === elementwise.minimum && !Object.is(constant, -0) ? op.f32x4_pmin : 0;
}

/** Operations that are formulas on float32 lanes. */
const formulas: ReadonlyMap<Elementwise, WriteFormula> = /* @__PURE__ */ new Map<Elementwise, WriteFormula>([
  [elementwise.cos, cos],
  [erf, writeErf],
  [elementwise.exp, exponential.exp],
  [elementwise.expm1, exponential.expm1],
  [elementwise.log, exponential.log],
  [elementwise.log1p, exponential.log1p],
  [elementwise.pow, exponential.pow],
  [elementwise.sin, sin],
  [elementwise.tanh, exponential.tanh],
]);

/** Operations that are formulas on float64 lanes. */
const formulas64: ReadonlyMap<Elementwise, WriteFormula> = /* @__PURE__ */ new Map<Elementwise, WriteFormula>([
  [elementwise.cos, float64.cos],
  [erf, erf64],
  [elementwise.exp, float64.exp],
  [elementwise.expm1, float64.expm1],
  [elementwise.log, float64.log],
  [elementwise.log1p, float64.log1p],
  [elementwise.pow, pow64],
  [elementwise.sin, float64.sin],
  [elementwise.tanh, float64.tanh],
]);

/** Operations that are formulas on int32 lanes. */
const formulasInt32: ReadonlyMap<Elementwise, WriteFormula> = /* @__PURE__ */ new Map<Elementwise, WriteFormula>([
  [elementwise.pow, int32.pow],
]);

const formulasOf = { float32: formulas, float64: formulas64, int32: formulasInt32, bool: undefined } as const;

/** The formula of an operation on lanes of a dtype, if it has one. */
export function formulaOf(operation: Elementwise, dtype: ComputeDType): WriteFormula | undefined {
  return formulasOf[dtype]?.get(operation);
}

/** A shorter formula for a constant second operand. */
export function formulaFor(operation: Elementwise, dtype: ComputeDType, second: number): WriteFormula | undefined {
  if (operation !== elementwise.pow) return undefined;
  if (dtype === 'int32') return int32.powerOf(second);
  return (dtype === 'float64' ? float64.powers : exponential.powers).get(second);
}
