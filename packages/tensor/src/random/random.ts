import type { DType } from '../dtype.ts';
import { describe, DTypeError } from '../errors.ts';
import type { Shape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import type { Mt19937 } from './mersenne.ts';
import type { Pcg64 } from './pcg64.ts';

// What a generator of random numbers is: the methods of the public value, and the single draws under it.

/** The interval to draw from, `low` ≤ x < `high`. */
export interface UniformOptions {
  /** 0 unless given. */
  readonly low?: number;
  /** 1 unless given. */
  readonly high?: number;
  /** float32 for tensors, float64 for single numbers, unless given. */
  readonly dtype?: DType;
}

/** The normal distribution to draw from. */
export interface NormalOptions {
  /** 0 unless given. */
  readonly mean?: number;
  /** The standard deviation, 1 unless given. */
  readonly standardDeviation?: number;
  /** float32 for tensors, float64 for single numbers, unless given. */
  readonly dtype?: DType;
}

/**
 * A stream of random numbers, as a value: what is drawn depends on the seed and on the draws before, on nothing else.
 *
 * `randomState` and `generator` make one; layers, data sets and all other distributions take one: `integers(random, …)`,
 * `permutation(random, n)`. Without a shape they return a number, else a tensor. A wrong argument is refused
 * before anything is drawn.
 */
export interface Random {
  /**
   * Uniform draws, low ≤ x < high.
   *
   * In float32 a draw just below `high` may round up to it.
   *
   * @throws RangeError when low is not below high
   * @example randomState(0).uniform()   // 0.5488135039273248
   * @example String(randomState(0).uniform([2], { low: -1 }))   // [0.09762701 0.43037874]
   */
  uniform(shape?: undefined, options?: UniformOptions): number;
  uniform<const S extends Shape | []>(shape: S, options?: UniformOptions): Tensor<S>;
  /**
   * Normal draws.
   *
   *   x = mean + standardDeviation · z
   *
   * @throws RangeError when the standard deviation is negative
   * @example randomState(0).normal()   // 1.764052345967664
   * @example String(randomState(0).normal([2], { standardDeviation: 0.01 }))   // [0.01764052 0.00400157]
   */
  normal(shape?: undefined, options?: NormalOptions): number;
  normal<const S extends Shape | []>(shape: S, options?: NormalOptions): Tensor<S>;
  /** Single draws, for functions that make a distribution of their own. */
  readonly source: Source;
}

/**
 * Single draws, from which every distribution is made. Each one advances the state.
 *
 * `random.source` is for functions that draw numbers one by one; whole tensors come from `random` itself.
 */
export type Source = MersenneSource | PcgSource;

interface SingleDraws {
  /** The next 32-bit word, 0 … 2³² − 1. */
  word(): number;
  /** Uniform in [0, 1). NumPy's PCG64 generator draws float32 from half as many bits, so the dtype changes the stream; also below. */
  unit(dtype?: DType): number;
  /** Normal with mean 0 and standard deviation 1. */
  normal(dtype?: DType): number;
}

/** The draws of NumPy's `RandomState`, whose integers come from masked words. */
export interface MersenneSource extends SingleDraws {
  readonly masked: true;
  /** The state, which every draw changes. */
  readonly bits: Mt19937;
}

/** The draws of NumPy's `Generator(PCG64)`, whose integers come from products (Lemire). */
export interface PcgSource extends SingleDraws {
  readonly masked: false;
  /** The state, and the words, also 64 bits at a time. */
  readonly bits: Pcg64;
}

/**
 * Gives the generator back when it is one.
 *
 * @param caller  the function that draws from it
 * @throws DTypeError for anything else
 * @example checkRandom(randomState(0), 'dropout').normal()   // 1.764052345967664
 */
export function checkRandom(random: Random | undefined, caller: string): Random {
  if (typeof random?.normal === 'function') return random;
  throw new DTypeError(
    `${caller}: random must be a generator, got ${random === undefined ? 'none' : describe(random)}. ` +
      `Write random: randomState(0), or another seed.`,
  );
}
