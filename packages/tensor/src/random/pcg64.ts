import { multiplyHigh } from '../numbers/philox.ts';
import { checkNotTracing, drawing } from './draw.ts';
import type { PcgSource, Random } from './random.ts';
import { type SeedSequence, sequenceOf } from './seed-sequence.ts';
import { normalZiggurat, normalZiggurat32 } from './ziggurat.ts';

// PCG64 as NumPy uses it: the words, the single draws made of them, and `generator`.

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
 * Numbers of 128 bits are four 32-bit words, lowest first: BigInt would be many times slower.
 *
 * @see M. E. O'Neill, PCG: a family of simple fast space-efficient statistically good algorithms (2014)
 */
export class Pcg64 {
  readonly generator = 'pcg64';
  readonly state: Int32Array = new Int32Array(4);
  readonly increment: Int32Array = new Int32Array(4);
  /** The lower and the upper half of the 64-bit word that `next` made. */
  readonly halves: Int32Array = new Int32Array(2);
  /** The upper half of a 64-bit word whose lower half `word` has returned; NaN when there is none. */
  kept: number = NaN;

  /** Makes the next 64-bit word, in `halves`. */
  next(): void {
    checkNotTracing();
    const { state, increment, halves } = this;
    const state0 = state[0] as number;
    const state1 = state[1] as number;
    const state2 = state[2] as number;
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
    const word3 =
      (multiplyHigh(state0, multiplier2) +
        multiplyHigh(state1, multiplier1) +
        multiplyHigh(state2, multiplier0) +
        Math.imul(state0, multiplier3) +
        Math.imul(state1, multiplier2) +
        Math.imul(state2, multiplier1) +
        Math.imul(state[3] as number, multiplier0) +
        (increment[3] as number) +
        Math.floor(column2 / 4294967296)) |
      0;
    const word0 = column0 | 0;
    const word1 = column1 | 0;
    const word2 = column2 | 0;
    state[0] = word0;
    state[1] = word1;
    state[2] = word2;
    state[3] = word3;

    // The exclusive or of both halves of the state, rotated right by its topmost six bits.
    const swapped = word3 < 0;
    const high = swapped ? word2 ^ word0 : word3 ^ word1;
    const low = swapped ? word3 ^ word1 : word2 ^ word0;
    const by = (word3 >>> 26) & 31;
    // A shift by 32 does nothing, so the other part is shifted in two steps.
    halves[0] = (low >>> by) | ((high << 1) << (31 - by));
    halves[1] = (high >>> by) | ((low << 1) << (31 - by));
  }

  /** The next 32-bit word, an integer from 0 to 2³² − 1: of each 64-bit word the lower half first. */
  word(): number {
    checkNotTracing();
    const kept = this.kept;
    if (!Number.isNaN(kept)) {
      this.kept = NaN;
      return kept;
    }
    this.next();
    this.kept = (this.halves[1] as number) >>> 0;
    return (this.halves[0] as number) >>> 0;
  }
}

/** PCG64 as NumPy seeds it: the sequence gives the first state, and the increment that chooses one of 2¹²⁷ streams. */
function seededPcg64(sequence: SeedSequence): Pcg64 {
  // Four words of 64 bits, the more significant one of each pair first: JavaScript runs on little-endian machines.
  const [high, low, streamHigh, streamLow] = new BigUint64Array(sequence.words(8).buffer) as unknown as Four;
  const increment = (((streamHigh << 64n) | streamLow) << 1n) | 1n;
  const bits = new Pcg64();
  bits.increment.set(wordsOf(increment));
  bits.state.set(wordsOf(increment + ((high << 64n) | low)));
  bits.next();
  return bits;
}

type Four = [bigint, bigint, bigint, bigint];

/** The lower 128 bits in words, lowest first. */
function wordsOf(whole: bigint): number[] {
  return [0n, 32n, 64n, 96n].map((shift) => Number(BigInt.asUintN(32, whole >> shift)));
}

/** The single draws of NumPy's `Generator(PCG64)`. */
function pcgSource(bits: Pcg64): PcgSource {
  const { halves } = bits;
  const source: PcgSource = {
    masked: false,
    bits,
    word: () => bits.word(),
    unit(dtype) {
      if (dtype === 'float32') return (bits.word() >>> 8) / 16777216;
      bits.next();
      return (((halves[1] as number) >>> 0) * 2097152 + ((halves[0] as number) >>> 11)) / 9007199254740992;
    },
    normal: (dtype) => (dtype === 'float32' ? normalZiggurat32(source) : normalZiggurat(source)),
  };
  return source;
}

/**
 * NumPy's `default_rng(seed)`: the same draws, to the bit but for about one normal or exponential in a million, which
 * differs by a unit in the last place.
 *
 * Words come from PCG64, normals and exponentials from ziggurats; float32 has streams of its own, which take half as
 * many words. The better choice for new programs.
 *
 * @param seed  a non-negative integer, a bigint for more than 2⁵³, an array of such, or a `seedSequence`
 * @throws RangeError when a seed is negative, a fraction, NaN, or too large for a number
 * @throws TypeError when it is no number
 * @example generator(42).uniform()   // 0.7739560485559633
 * @see https://numpy.org/doc/stable/reference/random/generator.html
 */
/* @__NO_SIDE_EFFECTS__ */
export function generator(seed: number | bigint | readonly (number | bigint)[] | SeedSequence): Random {
  const isSequence = typeof seed === 'object' && seed !== null && 'spawn' in seed;
  return drawing(pcgSource(seededPcg64(isSequence ? seed : sequenceOf(seed, 'generator'))));
}
