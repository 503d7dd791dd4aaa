import type { DType } from '../dtype.ts';
import type { GeneratorState } from './generator-state.ts';

/**
 * What every distribution is made from: single draws, each of which moves the stream on.
 *
 * `random.source` is for functions that draw numbers one by one; whole tensors come from `random` itself.
 */
export interface Source {
  /** Whether whole numbers come from masked words (`RandomState`) or from products (Lemire, `Generator`). */
  readonly masked: boolean;
  /** The next 32-bit word, 0 … 2³² − 1. */
  word(): number;
  /** Uniform in [0, 1). NumPy's PCG64 generator has streams of their own for float32; so below. */
  unit(dtype?: DType): number;
  /** Normal with mean 0 and deviation 1. */
  normal(dtype?: DType): number;
  /** Exponential with mean 1. */
  exponential(dtype?: DType): number;
  /** A whole number from 0 to `range` − 1, for a range from 1 to 2⁵³. */
  whole(range: number): number;
  /** `count` different whole numbers from 0 to `range` − 1, in random order. */
  distinct(range: number, count: number): Int32Array;
  /** Where the stream stands. */
  state(): GeneratorState;
  /** Puts the stream back to where it stood. */
  restore(state: GeneratorState): void;
  /** A second source that stands at the same place. */
  clone(): Source;
}

/**
 * A whole number from 0 to `range` − 1, for a range from 1 to 2³²: words cut to the shortest run of ones that covers the
 * largest number, and drawn anew while they are above it.
 */
export function maskedWhole(source: Source, range: number): number {
  if (range === 1) return 0;
  const mask = -1 >>> Math.clz32(range - 1);
  let value = (source.word() & mask) >>> 0;
  while (value >= range) value = (source.word() & mask) >>> 0;
  return value;
}

/**
 * Shuffles in place: the last element is swapped with a random one up to itself, then the one before it, …, as NumPy
 * does.
 */
export function shuffleWith<A extends { readonly length: number; [index: number]: unknown }>(
  source: Source,
  array: A,
): A {
  for (let index = array.length - 1; index > 0; index--) {
    // Both of NumPy's generators shuffle with masked words.
    swap(array, index, maskedWhole(source, index + 1));
  }
  return array;
}

/** Exchanges two elements. */
export function swap(array: { [index: number]: unknown }, one: number, other: number): void {
  const kept = array[one];
  array[one] = array[other];
  array[other] = kept;
}

/** 0, 1, …, `length` − 1. */
export function ascending(length: number): Int32Array {
  const array = new Int32Array(length);
  for (let index = 0; index < length; index++) array[index] = index;
  return array;
}
