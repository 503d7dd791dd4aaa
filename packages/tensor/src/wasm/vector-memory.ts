import type { FunctionBody, Local } from './assembler/function-body.ts';
import * as op from './assembler/opcode.ts';

/** Up to four lanes of 32 bits in memory. */
export interface VectorAccess {
  readonly lanes: number;
  /** How many buffers each lane is behind the one before it, where that is the same for all; otherwise NaN. */
  readonly apart: number;
  /** The address that they lie behind is known as the program runs, and how many bytes behind it is known beforehand. */
  readonly local: Local;
  offsetOf(lane: number): number;
}

/** Puts an address on the stack; gives what is left of the offset to be added to it: instructions can only add. */
export function putAddress(f: FunctionBody, local: Local, offset: number): number {
  f.get(local);
  if (offset >= 0) return offset;
  f.plus(offset);
  return 0;
}

/** Reads lanes; there may be more in memory behind the last. */
export function loadLanes(f: FunctionBody, access: VectorAccess): void {
  const { lanes, apart, local } = access;
  const alike = lanes === 1 || apart === 0;
  if (alike || apart === 1) {
    f.memory(alike ? op.v128_load32_splat : op.v128_load, putAddress(f, local, access.offsetOf(0)));
    return;
  }
  // The addresses of the later lanes lie below the vector on the stack.
  const offsets: number[] = [];
  for (let lane = lanes - 1; lane >= 0; lane--) offsets[lane] = putAddress(f, local, access.offsetOf(lane));
  f.memory(op.v128_load32_zero, offsets[0]);
  for (let lane = 1; lane < lanes; lane++) f.memory(op.v128_load32_lane, offsets[lane]).with(lane);
}

/** Writes the lanes of a vector, as many as there are. */
export function storeLanes(f: FunctionBody, access: VectorAccess, vector: Local): void {
  const { lanes, apart, local } = access;
  const whole = lanes === 4 && apart === 1;
  for (let lane = 0; lane < (whole ? 1 : lanes); lane++) {
    const offset = putAddress(f, local, access.offsetOf(lane));
    if (whole) f.memory(op.v128_store, offset, vector);
    else f.memory(op.v128_store32_lane, offset, vector).with(lane);
  }
}
