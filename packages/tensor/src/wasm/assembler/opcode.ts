/**
 * The opcodes that the assembler uses, by their names in the WebAssembly text format: `f32x4_add` is `f32x4.add`.
 *
 * Most are one byte. Vector instructions have the prefix 0xfd, here 0x100 + opcode; saturating conversions and bulk memory
 * instructions have the prefix 0xfc, here 0x1100 + opcode.
 *
 * @see WebAssembly Core Specification, §5.4 Instructions
 */
export const nop = 0x01;
export const select = 0x1b;

export const i32_eqz = 0x45;
export const i32_ne = 0x47;
export const i32_lt_s = 0x48;
export const i32_ge_s = 0x4e;
export const i32_ge_u = 0x4f;
export const f64_eq = 0x61;
export const f64_ne = 0x62;
export const f64_lt = 0x63;
export const f64_gt = 0x64;
export const f64_ge = 0x66;

export const i32_add = 0x6a;
export const i32_sub = 0x6b;
export const i32_mul = 0x6c;
export const i32_and = 0x71;
export const i32_or = 0x72;
export const i32_xor = 0x73;
export const i32_shr_u = 0x76;
export const i64_mul = 0x7e;
export const i64_shr_u = 0x88;
export const i32_wrap_i64 = 0xa7;
export const i64_extend_i32_u = 0xad;

export const f32_mul = 0x94;
export const f64_abs = 0x99;
export const f64_add = 0xa0;
export const f64_convert_i32_s = 0xb7;
export const f64_promote_f32 = 0xbb;
export const f32_demote_f64 = 0xb6;
export const f32_convert_i32_s = 0xb2;
export const f32_reinterpret_i32 = 0xbe;
export const i32_trunc_sat_f64_s = 0x1102;
export const memory_copy = 0x110a;

export const i32x4_splat = 0x111;
export const f64x2_splat = 0x114;
export const f32x4_eq = 0x141;
export const f32x4_ne = 0x142;
export const f32x4_lt = 0x143;
export const f32x4_gt = 0x144;
export const f32x4_le = 0x145;
export const f32x4_ge = 0x146;
export const i32x4_eq = 0x137;
export const i32x4_ne = 0x138;
export const i32x4_lt_s = 0x139;
export const i32x4_gt_s = 0x13b;
export const i32x4_le_s = 0x13d;
export const i32x4_ge_s = 0x13f;
export const f64x2_eq = 0x147;
export const f64x2_ne = 0x148;
export const f64x2_lt = 0x149;
export const f64x2_gt = 0x14a;
export const f64x2_le = 0x14b;
export const f64x2_ge = 0x14c;
export const v128_not = 0x14d;
export const v128_and = 0x14e;
export const v128_andnot = 0x14f;
export const v128_or = 0x150;
export const v128_xor = 0x151;
export const v128_bitselect = 0x152;
export const v128_any_true = 0x153;
export const f32x4_ceil = 0x167;
export const f32x4_floor = 0x168;
export const f32x4_trunc = 0x169;
export const f32x4_nearest = 0x16a;
export const f32x4_demote_f64x2_zero = 0x15e;
export const f64x2_promote_low_f32x4 = 0x15f;
export const f64x2_ceil = 0x174;
export const f64x2_floor = 0x175;
export const f64x2_nearest = 0x194;
export const i64x2_extend_low_i32x4_s = 0x1c7;
export const i64x2_bitmask = 0x1c4;
export const i64x2_shl = 0x1cb;
export const i64x2_sub = 0x1d1;
export const i32x4_abs = 0x1a0;
export const i32x4_neg = 0x1a1;
export const i32x4_all_true = 0x1a3;
export const i32x4_bitmask = 0x1a4;
export const i32x4_shl = 0x1ab;
export const i32x4_shr_s = 0x1ac;
export const i32x4_shr_u = 0x1ad;
export const i32x4_add = 0x1ae;
export const i32x4_sub = 0x1b1;
export const i32x4_mul = 0x1b5;
export const i32x4_min_s = 0x1b6;
export const i32x4_max_s = 0x1b8;
export const f32x4_abs = 0x1e0;
export const f32x4_neg = 0x1e1;
export const f32x4_sqrt = 0x1e3;
export const f32x4_add = 0x1e4;
export const f32x4_sub = 0x1e5;
export const f32x4_mul = 0x1e6;
export const f32x4_div = 0x1e7;
export const f32x4_min = 0x1e8;
export const f32x4_max = 0x1e9;
export const f32x4_pmin = 0x1ea;
export const f32x4_pmax = 0x1eb;
export const f64x2_abs = 0x1ec;
export const f64x2_neg = 0x1ed;
export const f64x2_sqrt = 0x1ef;
export const f64x2_add = 0x1f0;
export const f64x2_sub = 0x1f1;
export const f64x2_mul = 0x1f2;
export const f64x2_div = 0x1f3;
export const f64x2_min = 0x1f4;
export const f64x2_max = 0x1f5;
export const f64x2_pmin = 0x1f6;
export const f64x2_pmax = 0x1f7;
export const i32x4_trunc_sat_f32x4_s = 0x1f8;
export const f32x4_convert_i32x4_s = 0x1fa;
export const i32x4_trunc_sat_f64x2_s_zero = 0x1fc;
export const f64x2_convert_low_i32x4_s = 0x1fe;
export const f32x4_relaxed_madd = 0x205;
export const f64x2_relaxed_madd = 0x207;
export const f32x4_relaxed_nmadd = 0x206;

export const i32_load = 0x28;
export const f32_load = 0x2a;
export const f64_load = 0x2b;
export const i32_store = 0x36;
export const f32_store = 0x38;
export const f64_store = 0x39;
export const v128_load = 0x100;
export const v128_load32_splat = 0x109;
export const v128_load64_splat = 0x10a;
export const v128_store = 0x10b;
export const v128_load32_zero = 0x15c;
export const v128_load64_zero = 0x15d;
export const v128_load32_lane = 0x156;
export const v128_load64_lane = 0x157;
export const v128_store32_lane = 0x15a;
export const v128_store64_lane = 0x15b;
export const i32x4_extract_lane = 0x11b;
export const i32x4_replace_lane = 0x11c;
export const f32x4_extract_lane = 0x11f;
export const f32x4_replace_lane = 0x120;
export const f64x2_extract_lane = 0x121;
export const f64x2_replace_lane = 0x122;
export const i8x16_shuffle = 0x10d;

/** The lane type of a vector instruction. The opcodes of a type are contiguous in the specification. */
export function worksOn(instruction: number): 'float32' | 'float64' | 'int32' {
  if (instruction >= f64x2_abs && instruction <= f64x2_pmax) return 'float64';
  if (instruction >= f64x2_eq && instruction <= f64x2_ge) return 'float64';
  return instruction >= i32x4_abs && instruction <= i32x4_max_s ? 'int32' : 'float32';
}

/** The value types of parameters, results and locals, by their codes in the binary format. */
export const i32 = 0x7f;
export const f64 = 0x7c;
export const v128 = 0x7b;

export type ValueType = typeof i32 | typeof f64 | typeof v128;
