import { exactLog } from './exact-log.ts';
import { type Mt19937, seededKey, tempered, twist } from './mt19937.ts';
import type { MersenneSource } from './source.ts';

/** The single draws of NumPy's `RandomState`, seeded with 32-bit words. */
export function mersenneSource(seed: readonly number[]): MersenneSource {
  const key = seededKey(seed);
  const bits: Mt19937 = { generator: 'mt19937', key, position: 624, normal: NaN };
  const word = (): number => {
    if (bits.position === 624) {
      twist(key);
      bits.position = 0;
    }
    return tempered(key[bits.position++] as number);
  };
  const unit = (): number => ((word() >>> 5) * 67108864 + (word() >>> 6)) / 9007199254740992;
  return {
    masked: true,
    bits,
    word,
    unit,
    /** Marsaglia's polar method: two normals from a point in the unit disc, of which one is kept for the next call. */
    normal() {
      const kept = bits.normal;
      if (!Number.isNaN(kept)) {
        bits.normal = NaN;
        return kept;
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
      bits.normal = factor * x;
      return factor * y;
    },
  };
}
