import { exactLog } from './exact-log.ts';
import { checkState, type GeneratorState, isWord, type MersenneState, wordsPart } from './generator-state.ts';
import { Mt19937 } from './mt19937.ts';
import { ascending, maskedWhole, shuffleWith, type Source } from './source.ts';

/** The single draws of NumPy's `RandomState`. */
export class MersenneSource implements Source {
  readonly masked = true;
  private twister: Mt19937;
  private keptNormal: number | null = null;

  constructor(twister: Mt19937) {
    this.twister = twister;
  }

  word(): number {
    return this.twister.word();
  }

  unit(): number {
    const high = this.twister.word() >>> 5;
    return (high * 67108864 + (this.twister.word() >>> 6)) / 9007199254740992;
  }

  /** Marsaglia's polar method: two normals from a point in the unit disc, of which one is kept for the next call. */
  normal(): number {
    const kept = this.keptNormal;
    if (kept !== null) {
      this.keptNormal = null;
      return kept;
    }
    let x: number;
    let y: number;
    let square: number;
    do {
      x = 2 * this.unit() - 1;
      y = 2 * this.unit() - 1;
      square = x * x + y * y;
    } while (square >= 1 || square === 0);
    const factor = Math.sqrt((-2 * exactLog(square)) / square);
    this.keptNormal = factor * x;
    return factor * y;
  }

  exponential(): number {
    return -exactLog(1 - this.unit());
  }

  whole(range: number): number {
    if (range <= 4294967296) return maskedWhole(this, range);
    const largest = range - 1;
    const mask = -1 >>> Math.clz32(Math.floor(largest / 4294967296));
    for (;;) {
      const high = (this.twister.word() & mask) >>> 0;
      const value = high * 4294967296 + this.twister.word();
      if (value <= largest) return value;
    }
  }

  distinct(range: number, count: number): Int32Array {
    return shuffleWith(this, ascending(range)).slice(0, count);
  }

  state(): MersenneState {
    const { key, position } = this.twister;
    return { generator: 'mt19937', key: Array.from(key, (word) => word >>> 0), position, normal: this.keptNormal };
  }

  restore(state: GeneratorState): void {
    checkState('randomState', state, 'mt19937', {
      key: wordsPart(624),
      position: ['a whole number from 0 to 624', (value) => isWord(value) && (value as number) <= 624],
      normal: ['a number or null', (value) => value === null || Number.isFinite(value)],
    });
    const { key, position, normal } = state as MersenneState;
    this.twister = new Mt19937(Int32Array.from(key), position);
    this.keptNormal = normal;
  }

  clone(): MersenneSource {
    const clone = new MersenneSource(this.twister);
    clone.restore(this.state());
    return clone;
  }
}
