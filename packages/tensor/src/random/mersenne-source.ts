import { exactLog } from './exact-log.ts';
import { checkState, isWord, isWords, type MersenneState } from './generator-state.ts';
import { seededKey, tempered, twist } from './mt19937.ts';
import type { MersenneSource } from './source.ts';

/** The single draws of NumPy's `RandomState`, seeded with 32-bit words. */
export function mersenneSource(seed: readonly number[]): MersenneSource {
  const key = seededKey(seed);
  let position = 624;
  let kept: number | null = null;
  const word = (): number => {
    if (position === 624) {
      twist(key);
      position = 0;
    }
    return tempered(key[position++] as number);
  };
  const unit = (): number => ((word() >>> 5) * 67108864 + (word() >>> 6)) / 9007199254740992;
  return {
    masked: true,
    word,
    unit,
    /** Marsaglia's polar method: two normals from a point in the unit disc, of which one is kept for the next call. */
    normal() {
      const normal = kept;
      if (normal !== null) {
        kept = null;
        return normal;
      }
      let x: number;
      let y: number;
      let square: number;
      do {
        x = 2 * unit() - 1;
        y = 2 * unit() - 1;
        square = x * x + y * y;
      } while (square >= 1 || square === 0);
      const factor = Math.sqrt((-2 * exactLog(square)) / square);
      kept = factor * x;
      return factor * y;
    },
    state: () => ({ generator: 'mt19937', key: Array.from(key), position, normal: kept }),
    restore(state) {
      const given = state as MersenneState;
      checkState(
        given?.generator === 'mt19937' &&
          isWords(given.key, 624) &&
          isWord(given.position) &&
          given.position <= 624 &&
          (given.normal === null || Number.isFinite(given.normal)),
        'mt19937, with 624 words in key, a position from 0 to 624, and a number or null in normal',
      );
      key.set(given.key);
      ({ position, normal: kept } = given);
    },
  };
}
