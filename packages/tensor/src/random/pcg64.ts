import { multiplyHigh } from './multiply-high.ts';
import type { SeedSequence } from './seed-sequence.ts';

// The multiplier 0x2360ed051fc65da44385df649fccf645 in words, lowest first.
const multiplier0 = 0x9fccf645;
const multiplier1 = 0x4385df64;
const multiplier2 = 0x1fc65da4;
const multiplier3 = 0x2360ed05;

/**
 * PCG64 (XSL-RR 128/64): 64-bit words, each from one step of a 128-bit linear congruence.
 *
 *   state ← state · multiplier + increment      mod 2¹²⁸
 *
 * The state is four 32-bit words, lowest first: BigInt would be fifty times slower.
 *
 * @see M. E. O'Neill, PCG: a family of simple fast space-efficient statistically good algorithms (2014)
 */
export class Pcg64 {
  /** The two halves of the 64-bit word that `next` made, as signed 32-bit numbers. */
  high = 0;
  low = 0;
  /** The upper half of a 64-bit word of which `word` has given the lower one. */
  kept: number | null = null;
  private state0 = 0;
  private state1 = 0;
  private state2 = 0;
  private state3 = 0;
  private readonly increment: Int32Array;

  constructor(state: ArrayLike<number>, increment: ArrayLike<number>) {
    this.state0 = (state[0] as number) | 0;
    this.state1 = (state[1] as number) | 0;
    this.state2 = (state[2] as number) | 0;
    this.state3 = (state[3] as number) | 0;
    this.increment = Int32Array.from(increment);
  }

  /** Makes the next 64-bit word, in `high` and `low`. */
  next(): void {
    this.step();
    const { state0, state1, state2, state3 } = this;
    // The halves of the state laid over each other, turned right by the topmost six bits.
    const turn = state3 >>> 26;
    const swapped = turn >= 32;
    const high = swapped ? state2 ^ state0 : state3 ^ state1;
    const low = swapped ? state3 ^ state1 : state2 ^ state0;
    const by = turn & 31;
    // A shift by 32 would be none, hence the two steps.
    this.high = (high >>> by) | ((low << 1) << (31 - by));
    this.low = (low >>> by) | ((high << 1) << (31 - by));
  }

  /** The next 32-bit word, as a whole number from 0 to 2³² − 1: lower halves first. */
  word(): number {
    const kept = this.kept;
    if (kept !== null) {
      this.kept = null;
      return kept;
    }
    this.next();
    this.kept = this.high >>> 0;
    return this.low >>> 0;
  }

  /** The state as four words, lowest first. */
  words(): number[] {
    return [this.state0 >>> 0, this.state1 >>> 0, this.state2 >>> 0, this.state3 >>> 0];
  }

  /** The increment as four words, lowest first. */
  incrementWords(): number[] {
    return Array.from(this.increment, (word) => word >>> 0);
  }

  /** Adds to the state, as seeding does. */
  add(words: ArrayLike<number>): void {
    let carry = 0;
    const sum = this.words().map((word, index) => {
      const total = word + ((words[index] as number) >>> 0) + carry;
      carry = total >= 2 ** 32 ? 1 : 0;
      return total | 0;
    });
    [this.state0, this.state1, this.state2, this.state3] = sum as [number, number, number, number];
  }

  step(): void {
    const { state0, state1, state2, state3, increment } = this;
    // Schoolbook multiplication column by column: a sum of a few words is exact in a double.
    const column0 = (Math.imul(state0, multiplier0) >>> 0) + ((increment[0] as number) >>> 0);
    const column1 =
      multiplyHigh(state0, multiplier0) +
      (Math.imul(state0, multiplier1) >>> 0) +
      (Math.imul(state1, multiplier0) >>> 0) +
      ((increment[1] as number) >>> 0) +
      (column0 >= 4294967296 ? 1 : 0);
    const column2 =
      multiplyHigh(state0, multiplier1) +
      multiplyHigh(state1, multiplier0) +
      (Math.imul(state0, multiplier2) >>> 0) +
      (Math.imul(state1, multiplier1) >>> 0) +
      (Math.imul(state2, multiplier0) >>> 0) +
      ((increment[2] as number) >>> 0) +
      Math.floor(column1 / 4294967296);
    this.state0 = column0 | 0;
    this.state1 = column1 | 0;
    this.state2 = column2 | 0;
    this.state3 =
      (multiplyHigh(state0, multiplier2) +
        multiplyHigh(state1, multiplier1) +
        multiplyHigh(state2, multiplier0) +
        Math.imul(state0, multiplier3) +
        Math.imul(state1, multiplier2) +
        Math.imul(state2, multiplier1) +
        Math.imul(state3, multiplier0) +
        (increment[3] as number) +
        Math.floor(column2 / 4294967296)) |
      0;
  }
}

/** PCG64 as NumPy starts it: the sequence gives the first state, and which of the 2¹²⁷ streams. */
export function pcg64(sequence: SeedSequence): Pcg64 {
  const words = sequence.words(8);
  // NumPy reads 64-bit words, the more significant one of each pair first.
  const [state2, state3, state0, state1, stream2, stream3, stream0, stream1] = words as unknown as Eight;
  // 2 · stream + 1, which is also the state after one step from 0.
  const increment = [
    (stream0 << 1) | 1,
    (stream1 << 1) | (stream0 >>> 31),
    (stream2 << 1) | (stream1 >>> 31),
    (stream3 << 1) | (stream2 >>> 31),
  ];
  const source = new Pcg64(increment, increment);
  source.add([state0, state1, state2, state3]);
  source.step();
  return source;
}

type Eight = [number, number, number, number, number, number, number, number];
