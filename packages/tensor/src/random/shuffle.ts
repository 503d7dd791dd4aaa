import { describe } from '../error.ts';
import type { Random } from './random.ts';
import type { Source } from './source.ts';
import { maskedWhole } from './whole.ts';

interface Elements {
  readonly length: number;
  [index: number]: unknown;
}

/**
 * Shuffles an array in place, and gives it back.
 *
 * @throws TypeError when it is no array
 * @example shuffle(randomState(0), ['a', 'b', 'c']).join('')   // cba
 */
export function shuffle<A extends Elements>({ source }: Random, array: A): A {
  if (!Array.isArray(array) && !ArrayBuffer.isView(array)) {
    throw new TypeError(
      `shuffle: expected an array or a typed array, got ${describe(array)}. ` +
        `The rows of a tensor are shuffled by x.take(permutation(random, x.shape[0]), 0).`,
    );
  }
  return shuffleWith(source, array);
}

/** The last element is swapped with a random one up to itself, then the one before it, …, as NumPy does. */
export function shuffleWith<A extends Elements>(source: Source, array: A): A {
  // Both of NumPy's generators shuffle with masked words.
  for (let index = array.length - 1; index > 0; index--) swap(array, index, maskedWhole(source, index + 1));
  return array;
}

/** Exchanges two elements. */
export function swap(array: Elements, one: number, other: number): void {
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
