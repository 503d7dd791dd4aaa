import type { DType } from '../dtype.ts';
import type { Shape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import type { Source } from './source.ts';

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
  readonly deviation?: number;
  /** float32 for tensors, float64 for single numbers, unless given. */
  readonly dtype?: DType;
}

/**
 * A stream of random numbers, as a value: what is drawn depends on the seed and on the draws before, on nothing else.
 *
 * `randomState` and `generator` make one; layers, data sets and all other distributions take one: `integers(random, …)`,
 * `permutation(random, n)`. All give a number when no shape is asked for, else a tensor. A wrong argument is refused
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
   *   x = mean + deviation · z
   *
   * @throws RangeError when the deviation is negative
   * @example randomState(0).normal()   // 1.764052345967664
   * @example String(randomState(0).normal([2], { deviation: 0.01 }))   // [0.01764052 0.00400157]
   */
  normal(shape?: undefined, options?: NormalOptions): number;
  normal<const S extends Shape | []>(shape: S, options?: NormalOptions): Tensor<S>;
  /** Single draws, for functions that make a distribution of their own. */
  readonly source: Source;
}
