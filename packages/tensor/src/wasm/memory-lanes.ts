import type { FunctionBody, Local } from './function-body.ts';
import * as op from './opcode.ts';

/** An address that is known as the program runs, and what is known beforehand to be added to it. */
export interface Address {
  readonly local: Local;
  readonly offset: number;
}

/** Puts an address on the stack, so far behind the given one, and gives what is left of its offset: instructions can only add. */
export function putAddress(f: FunctionBody, { local, offset }: Address, behind: number): number {
  f.get(local);
  if (offset + behind >= 0) return offset + behind;
  f.plus(offset + behind);
  return 0;
}

/** Reads up to four lanes of 32 bits from these places behind an address; there may be more in memory behind the last. */
export function loadLanes(f: FunctionBody, address: Address, places: readonly number[]): void {
  const apart = apartOf(places);
  // The addresses of the later lanes lie below the vector on the stack.
  const offsets: number[] = [];
  for (let lane = apart < 2 ? 0 : places.length - 1; lane >= 0; lane--)
    offsets[lane] = putAddress(f, address, places[lane]! * 4);
  f.memory(apart === 0 ? op.v128_load32_splat : apart === 1 ? op.v128_load : op.v128_load32_zero, offsets[0]);
  for (let lane = 1; lane < offsets.length; lane++) f.memory(op.v128_load32_lane, offsets[lane]).with(lane);
}

/** Writes as many lanes to these places as there are. */
export function storeLanes(f: FunctionBody, lanes: Local, address: Address, places: readonly number[]): void {
  const whole = places.length === 4 && apartOf(places) === 1;
  for (let lane = 0; lane < (whole ? 1 : places.length); lane++) {
    const offset = putAddress(f, address, places[lane]! * 4);
    if (whole) f.memory(op.v128_store, offset, lanes);
    else f.memory(op.v128_store32_lane, offset, lanes).with(lane);
  }
}

/** How far each place is behind the one before it, where that is 0 or 1 for all; otherwise more. */
function apartOf(places: readonly number[]): number {
  const apart = places.length > 1 ? places[1]! - places[0]! : 0;
  for (let at = 2; at < places.length; at++) if (places[at]! - places[at - 1]! !== apart) return Infinity;
  return apart < 0 ? Infinity : apart;
}
