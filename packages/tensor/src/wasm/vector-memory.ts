import type { ComputeDType } from '../dtype.ts';
import type { FunctionBody, Local } from './assembler/function-body.ts';
import * as op from './assembler/opcode.ts';

/** The lanes of a full vector of a dtype. */
export const lanesOf = (dtype: ComputeDType): 2 | 4 => (dtype === 'float64' ? 2 : 4);

/** Lanes of a vector in memory: up to four of 32 bits, or two of 64. */
export interface VectorAccess {
  readonly lanes: number;
  /** The bytes of a lane. */
  readonly width: 4 | 8;
  /** The distance between two lanes in elements if it is the same for all, otherwise NaN. */
  readonly stride: number;
  /** The local that holds the base address. Offsets from it are constants. */
  readonly local: Local;
  offsetOf(lane: number): number;
}

/** Pushes an address and returns the offset for the instruction. A negative offset is added here: instructions cannot subtract. */
export function putAddress(f: FunctionBody, local: Local, offset: number): number {
  f.get(local);
  if (offset >= 0) return offset;
  f.plus(offset);
  return 0;
}

/** Loads lanes. Memory after the last lane may be read too. */
export function loadLanes(f: FunctionBody, access: VectorAccess): void {
  const { lanes, width, stride, local } = access;
  const narrow = width === 4;
  const repeated = lanes === 1 || stride === 0;
  if (repeated || stride === 1) {
    const splat = narrow ? op.v128_load32_splat : op.v128_load64_splat;
    const contiguous = lanes * width > 8 ? op.v128_load : op.v128_load64_zero;
    f.memory(repeated ? splat : contiguous, putAddress(f, local, access.offsetOf(0)));
    return;
  }
  // The addresses of the later lanes are pushed first, below the vector.
  const offsets: number[] = [];
  for (let lane = lanes - 1; lane >= 0; lane--) offsets[lane] = putAddress(f, local, access.offsetOf(lane));
  f.memory(narrow ? op.v128_load32_zero : op.v128_load64_zero, offsets[0]);
  const load = narrow ? op.v128_load32_lane : op.v128_load64_lane;
  for (let lane = 1; lane < lanes; lane++) f.memory(load, offsets[lane]).with(lane);
}

/** Loads lanes, and zeros into all others. */
export function loadOnly(f: FunctionBody, access: VectorAccess): void {
  const { lanes, width, local } = access;
  const alone = width === 4 ? op.v128_load32_zero : op.v128_load64_zero;
  if (lanes === 1) f.memory(alone, putAddress(f, local, access.offsetOf(0)));
  // Three neighbours would be loaded with the number behind them.
  else loadLanes(f, lanes === 3 ? { ...access, stride: NaN } : access);
}

/** Stores the lanes of a vector. */
export function storeLanes(f: FunctionBody, access: VectorAccess, vector: Local): void {
  const { lanes, width, stride, local } = access;
  if (stride === 1 && lanes * width === 16) {
    f.memory(op.v128_store, putAddress(f, local, access.offsetOf(0)), vector);
    return;
  }
  // Two lanes of 32 bits are one of 64.
  const pairs = stride === 1 && lanes === 2;
  const store = width === 8 || pairs ? op.v128_store64_lane : op.v128_store32_lane;
  for (let lane = 0; lane < (pairs ? 1 : lanes); lane++) {
    f.memory(store, putAddress(f, local, access.offsetOf(lane)), vector).with(lane);
  }
}
