import * as op from './opcode.ts';

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
