import { exactLog } from '../numbers/exact-log.ts';
import type { Shape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { checkNotTracing, checkSeed, drawing } from './draw.ts';
import type { MersenneSource, Random } from './random.ts';

// The Mersenne Twister as NumPy uses it: the words, the single draws made of them, and `randomState`.

/** The state of the Mersenne Twister, and the second number of a pair of normals that was made from it. */
export interface Mt19937 {
  readonly generator: 'mt19937';
  readonly key: Uint32Array;
  /** How many words of the key are used; at 624 the next 624 are made. */
  position: number;
  /** The normal for the next call, or NaN: always a float64, so that the field keeps one representation. */
  normal: number;
}

/**
 * The Mersenne Twister MT19937, 32-bit words from a state of 624: makes the next 624 words out of the last.
 *
 * @see M. Matsumoto, T. Nishimura, Mersenne Twister (1998)
 */
function twist(key: Uint32Array): void {
  for (let index = 0; index < 624; index++) {
    const next = key[index < 623 ? index + 1 : 0] as number;
    const far = key[index < 227 ? index + 397 : index - 227] as number;
    const mixed = ((key[index] as number) & 0x80000000) | (next & 0x7fffffff);
    key[index] = far ^ (mixed >>> 1) ^ (-(mixed & 1) & 0x9908b0df);
  }
}

/** Tempering: a word of the state becomes a word of output, with its bits spread evenly. */
function tempered(word: number): number {
  let bits = word ^ (word >>> 11);
  bits ^= (bits << 7) & 0x9d2c5680;
  bits ^= (bits << 15) & 0xefc60000;
  return (bits ^ (bits >>> 18)) >>> 0;
}

/** The state that NumPy starts from with `seed(7)` or `seed([7, 8])`; a list of one word is that word. */
function seededKey(seed: readonly number[]): Uint32Array {
  const single = seed.length === 1;
  const key = new Uint32Array(624);
  key[0] = single ? (seed[0] as number) : 19650218;
  // Cycles through the words 1 … 623 and mixes each with the word that was changed last.
  let index = 1;
  let last = key[0];
  const stir = (multiplier: number, added: number): void => {
    last = ((key[index] as number) ^ Math.imul(last ^ (last >>> 30), multiplier)) + added;
    key[index] = last;
    index = (index % 623) + 1;
  };
  for (let step = 0; step < 623; step++) stir(1812433253, index);
  if (!single) {
    last = key[0];
    for (let step = 0; step < Math.max(624, seed.length); step++) {
      const from = step % seed.length;
      stir(1664525, (seed[from] as number) + from);
    }
    for (let step = 0; step < 623; step++) stir(1566083941, -index);
    key[0] = 0x80000000;
  }
  return key;
}

/** The single draws of NumPy's `RandomState`, seeded with 32-bit words. */
function mersenneSource(seed: readonly number[]): MersenneSource {
  const key = seededKey(seed);
  const bits: Mt19937 = { generator: 'mt19937', key, position: 624, normal: NaN };
  const nextWord = (): number => {
    if (bits.position === 624) {
      twist(key);
      bits.position = 0;
    }
    return tempered(key[bits.position++] as number);
  };
  const nextUnit = (): number => ((nextWord() >>> 5) * 67108864 + (nextWord() >>> 6)) / 9007199254740992;
  return {
    masked: true,
    bits,
    word() {
      checkNotTracing();
      return nextWord();
    },
    unit() {
      checkNotTracing();
      return nextUnit();
    },
    /** Marsaglia's polar method: two normals from a point in the unit disc, one of which is kept for the next call. */
    normal() {
      checkNotTracing();
      const kept = bits.normal;
      if (!Number.isNaN(kept)) {
        bits.normal = NaN;
        return kept;
      }
      let x: number;
      let y: number;
      let square: number;
      do {
        x = 2 * nextUnit() - 1;
        y = 2 * nextUnit() - 1;
        square = x * x + y * y;
      } while (square >= 1 || square === 0);
      const factor = Math.sqrt((-2 * exactLog(square)) / square);
      bits.normal = factor * x;
      return factor * y;
    },
  };
}

/** NumPy's `RandomState`: the stream of `np.random.seed(…)`. */
export interface RandomState extends Random {
  /**
   * Uniform in [0, 1), as `np.random.rand(2, 3)`, rounded to float32.
   *
   * @example String(randomState(0).rand(3))   // [0.5488135  0.71518934 0.60276335]
   */
  rand(): number;
  rand<const S extends number[]>(...shape: S): Tensor<S>;
  /**
   * Normal with mean 0 and standard deviation 1, as `np.random.randn(2, 3)`, rounded to float32.
   *
   * @example String(randomState(0).randn(3))   // [1.7640524 0.4001572 0.978738 ]
   */
  randn(): number;
  randn<const S extends number[]>(...shape: S): Tensor<S>;
}

/**
 * NumPy's `RandomState(seed)`, the generator behind `np.random.seed(seed)`: the same draws.
 *
 * Words, uniforms, integers and float32 normals agree to the bit; four in 10,000 float64 normals differ by a unit
 * or two in the last place, where the logarithm of NumPy's C library is not correctly rounded and ours is.
 *
 * Words come from the Mersenne Twister, normals from the polar method. Draws are made in float64 and rounded to the
 * requested dtype, as `np.random.randn(…).astype(np.float32)`. For a program that does not follow NumPy's older code,
 * `generator` is the better one.
 *
 * @param seed  an integer from 0 to 2³² − 1, or an array of such; an array of one is that one, as in NumPy
 * @throws RangeError when a seed is negative, a fraction, NaN or too large
 * @throws TypeError when it is no number, or the array is empty
 * @example String(randomState(0).randn(2, 2))   // [[1.7640524 0.4001572]\n [0.978738  2.2408931]]
 * @see https://numpy.org/doc/stable/reference/random/legacy.html
 */
/* @__NO_SIDE_EFFECTS__ */
export function randomState(seed: number | readonly number[]): RandomState {
  const words: readonly number[] = Array.isArray(seed) && seed.length > 0 ? seed : [seed];
  for (const word of words) checkSeed('randomState', word, 2 ** 32 - 1);
  const random = drawing(mersenneSource(words));
  const { uniform, normal } = random;
  const spread =
    (draw: (shape?: Shape) => number | Tensor) =>
    (...shape: number[]) =>
      draw(shape.length > 0 ? shape : undefined);
  return Object.assign(random, { rand: spread(uniform), randn: spread(normal) }) as RandomState;
}
