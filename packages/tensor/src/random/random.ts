import type { DType } from '../dtype.ts';
import type { Shape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import type { GeneratorState } from './generator-state.ts';
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

/** The whole numbers to draw from, `low` ≤ n < `high`. */
export interface IntegersOptions {
  /** 0 unless given. */
  readonly low?: number;
  /** The first number that is too large. */
  readonly high: number;
  /** int32 unless given; float64 holds whole numbers up to 2⁵³. */
  readonly dtype?: DType;
}

/**
 * A stream of random numbers, as a value: what is drawn depends on the seed and on the draws before, on nothing else.
 *
 * `randomState` and `generator` make one; layers, data sets and the functions `binomial`, `choice`, … take one. Methods
 * give a number when no shape is asked for, else a tensor. A wrong argument is refused before anything is drawn.
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
  /**
   * Whole numbers, low ≤ n < high, all equally likely.
   *
   * @throws RangeError when low is not below high, or the dtype does not hold them
   * @example String(randomState(0).integers([5], { high: 10 }))   // [5 0 3 3 7]
   */
  integers(shape: undefined, options: IntegersOptions): number;
  integers<const S extends Shape | []>(shape: S, options: IntegersOptions): Tensor<S>;
  /**
   * The numbers 0 … n − 1 in random order, int32.
   *
   * `x.take(random.permutation(x.shape[0]), 0)` shuffles the rows of x.
   *
   * @throws RangeError when n is no whole number from 0 on
   * @example String(randomState(0).permutation(5))   // [2 0 1 3 4]
   */
  permutation<const N extends number>(n: N): Tensor<[N]>;
  /**
   * Shuffles an array in place, and gives it back.
   *
   * @throws TypeError when it is no array
   * @example randomState(0).shuffle(['a', 'b', 'c']).join('')   // cba
   */
  shuffle<A extends { readonly length: number; [index: number]: unknown }>(array: A): A;
  /** Where the stream stands, as plain data: `restore` goes on from there, draw for draw. */
  state(): GeneratorState;
  /**
   * Goes back, or on, to a state that `state()` gave.
   *
   * @throws TypeError when the state is of another generator
   * @throws RangeError when it is damaged
   */
  restore(state: GeneratorState): void;
  /** A second stream that starts where this one stands. */
  clone(): Random;
  /** Single draws, for functions that make a distribution of their own. */
  readonly source: Source;
}
