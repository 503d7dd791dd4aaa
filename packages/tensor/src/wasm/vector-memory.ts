import type { FunctionBody, Local } from './assembler/function-body.ts';
import * as op from './assembler/opcode.ts';

/** Up to four lanes of 32 bits in memory. */
export interface VectorAccess {
  readonly lanes: number;
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

/** Loads lanes. Memory behind the last lane may be read too. */
export function loadLanes(f: FunctionBody, access: VectorAccess): void {
  const { lanes, stride, local } = access;
  const alike = lanes === 1 || stride === 0;
  if (alike || stride === 1) {
    f.memory(alike ? op.v128_load32_splat : op.v128_load, putAddress(f, local, access.offsetOf(0)));
    return;
  }
  // The addresses of the later lanes are pushed first, below the vector.
  const offsets: number[] = [];
  for (let lane = lanes - 1; lane >= 0; lane--) offsets[lane] = putAddress(f, local, access.offsetOf(lane));
  f.memory(op.v128_load32_zero, offsets[0]);
  for (let lane = 1; lane < lanes; lane++) f.memory(op.v128_load32_lane, offsets[lane]).with(lane);
}

/** Stores the lanes of a vector. */
export function storeLanes(f: FunctionBody, access: VectorAccess, vector: Local): void {
  const { lanes, stride, local } = access;
  const whole = lanes === 4 && stride === 1;
  for (let lane = 0; lane < (whole ? 1 : lanes); lane++) {
    const offset = putAddress(f, local, access.offsetOf(lane));
    if (whole) f.memory(op.v128_store, offset, vector);
    else f.memory(op.v128_store32_lane, offset, vector).with(lane);
  }
}
