import type { DType } from '../dtype.ts';
import { checkState, type GeneratorState, isWord, type PcgState, wordsPart } from './generator-state.ts';
import { multiplyHigh } from './multiply-high.ts';
import { Pcg64 } from './pcg64.ts';
import { ascending, type Source, swap } from './source.ts';
import { exponentialZiggurat, exponentialZiggurat32 } from './ziggurat-exponential.ts';
import { normalZiggurat, normalZiggurat32 } from './ziggurat-normal.ts';

/** The single draws of NumPy's `Generator(PCG64)`. */
export class PcgSource implements Source {
  readonly masked = false;
  /** The words themselves. */
  bits: Pcg64;

  constructor(bits: Pcg64) {
    this.bits = bits;
  }

  word(): number {
    return this.bits.word();
  }

  unit(dtype?: DType): number {
    const bits = this.bits;
    if (dtype === 'float32') return (bits.word() >>> 8) / 16777216;
    bits.next();
    return (((bits.halves[1] as number) >>> 0) * 2097152 + ((bits.halves[0] as number) >>> 11)) / 9007199254740992;
  }

  normal(dtype?: DType): number {
    return dtype === 'float32' ? normalZiggurat32(this) : normalZiggurat(this);
  }

  exponential(dtype?: DType): number {
    return dtype === 'float32' ? exponentialZiggurat32(this) : exponentialZiggurat(this);
  }

  /** The upper half of word · range; the few lower halves that would favour some numbers are drawn anew (Lemire). */
  whole(range: number): number {
    if (range === 1) return 0;
    if (range > 4294967296) return this.wide(BigInt(range));
    let word = this.bits.word();
    if (range === 4294967296) return word;
    let low = Math.imul(word, range) >>> 0;
    if (low < range) {
      const unfair = (4294967296 - range) % range;
      while (low < unfair) {
        word = this.bits.word();
        low = Math.imul(word, range) >>> 0;
      }
    }
    return multiplyHigh(word, range);
  }

  private wide(range: bigint): number {
    const unfair = (2n ** 64n - range) % range;
    for (;;) {
      this.bits.next();
      const [low = 0, high = 0] = this.bits.halves;
      const product = ((BigInt(high >>> 0) << 32n) | BigInt(low >>> 0)) * range;
      if (BigInt.asUintN(64, product) >= unfair) return Number(product >> 64n);
    }
  }

  distinct(range: number, count: number): Int32Array {
    if (range > 10_000 && count > Math.floor(range / 50)) {
      return this.shuffleFrom(Math.max(range - count, 1), ascending(range)).slice(range - count);
    }
    // Floyd's method: each number is new, or the last one allowed takes its place.
    const chosen = new Int32Array(count);
    const taken = new Set<number>();
    for (let index = 0; index < count; index++) {
      const last = range - count + index;
      const drawn = this.whole(last + 1);
      const value = taken.has(drawn) ? last : drawn;
      taken.add(value);
      chosen[index] = value;
    }
    return this.shuffleFrom(1, chosen);
  }

  private shuffleFrom(first: number, array: Int32Array): Int32Array {
    for (let index = array.length - 1; index >= first; index--) swap(array, index, this.whole(index + 1));
    return array;
  }

  state(): PcgState {
    const { bits } = this;
    const unsigned = (words: Int32Array) => Array.from(words, (word) => word >>> 0);
    return { generator: 'pcg64', state: unsigned(bits.state), increment: unsigned(bits.increment), kept: bits.kept };
  }

  restore(state: GeneratorState): void {
    checkState('generator', state, 'pcg64', {
      state: wordsPart(4),
      increment: wordsPart(4),
      kept: ['a 32-bit word or null', (value) => value === null || isWord(value)],
    });
    const { state: words, increment, kept } = state as PcgState;
    this.bits = new Pcg64(words, increment);
    this.bits.kept = kept;
  }

  clone(): PcgSource {
    const clone = new PcgSource(this.bits);
    clone.restore(this.state());
    return clone;
  }
}
