import { fromTypedArray } from '../creation.ts';
import { checkNumber, describe } from '../errors.ts';
import { checkOptions } from '../options.ts';
import { checkShape, type Shape, sizeOf } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { checkCount, checkProbabilities } from './draw.ts';
import { drawInteger, maskedInteger } from './integers.ts';
import type { Random, Source } from './random.ts';

// Random order and random selection.

/**
 * The numbers 0 … n − 1 in random order, int32.
 *
 * `x.take(permutation(random, x.shape[0]), 0)` shuffles the rows of x.
 *
 * @throws RangeError when n is not a non-negative integer
 * @example String(permutation(randomState(0), 5))   // [2 0 1 3 4]
 */
export function permutation<const N extends number>({ source }: Random, n: N): Tensor<[N]> {
  return fromTypedArray(shuffleWith(source, ascending(checkCount('permutation', 'n', n))), [n]);
}

interface Elements {
  readonly length: number;
  [index: number]: unknown;
}

/**
 * Shuffles an array in place, and returns it.
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
function shuffleWith<A extends Elements>(source: Source, array: A): A {
  // Both of NumPy's generators shuffle with masked words.
  for (let index = array.length - 1; index > 0; index--) swap(array, index, maskedInteger(source, index + 1));
  return array;
}

/** Exchanges two elements. */
function swap(array: Elements, one: number, other: number): void {
  const kept = array[one];
  array[one] = array[other];
  array[other] = kept;
}

/** 0, 1, …, `length` − 1. */
function ascending(length: number): Int32Array {
  const array = new Int32Array(length);
  for (let index = 0; index < length; index++) array[index] = index;
  return array;
}

/** How to choose. */
export interface ChoiceOptions<S extends Shape = Shape> {
  /** The shape of the result; a single number without it. */
  readonly shape?: S;
  /** Whether a number may come twice; true unless given. */
  readonly replace?: boolean;
  /**
   * How likely each number is, 1 together; in a Float32Array, such as the data of a softmax, to 3.5e-4, else to 1.5e-8.
   * All are equally likely unless given.
   */
  readonly probabilities?: ArrayLike<number>;
}

/**
 * Chooses among the numbers 0 … n − 1, int32: as indices, `x.take(choice(…), 0)` chooses rows of x.
 *
 * @throws RangeError when there is nothing to choose from, not enough without replacement, or the probabilities are not
 *   n numbers that add up to 1
 * @example String(choice(randomState(0), 10, { shape: [3], replace: false }))   // [2 8 4]
 */
export function choice(random: Random, n: number, options?: ChoiceOptions & { readonly shape?: undefined }): number;
export function choice<const S extends Shape | []>(random: Random, n: number, options: ChoiceOptions<S>): Tensor<S>;
export function choice({ source }: Random, n: number, options: ChoiceOptions = {}): number | Tensor {
  const {
    shape,
    replace = true,
    probabilities,
  } = checkOptions('choice', options, ['shape', 'replace', 'probabilities']);
  const size = sizeOf(checkShape(shape ?? [], 'choice'));
  checkCount('choice', 'n', n);
  checkNumber('choice', 'n', n, n > 0 || size === 0, 'above 0');
  if (!replace) checkNumber('choice', 'n', n, size <= n, `at least ${size}, the number to choose without replacement`);
  let chosen: Int32Array;
  if (probabilities) {
    const given = checkProbabilities('choice', probabilities);
    checkNumber('choice', 'the number of probabilities', given.length, given.length === n, `n, which is ${n}`);
    if (!replace) {
      const likely = given.reduce((count, one) => count + Number(one > 0), 0);
      checkNumber('choice', 'the number of probabilities above 0', likely, likely >= size, `at least ${size}`);
    }
    chosen = replace ? weighted(source, size, given) : weightedDistinct(source, size, given);
  } else {
    chosen = replace ? Int32Array.from({ length: size }, () => drawInteger(source, n)) : drawDistinct(source, n, size);
  }
  return shape ? fromTypedArray(chosen, shape) : (chosen[0] as number);
}

function weighted(source: Source, count: number, probabilities: Float64Array): Int32Array {
  const sums = runningSums(probabilities);
  return Int32Array.from({ length: count }, () => firstAbove(sums, source.unit()));
}

/** Draws as many as are missing, keeps the new ones and sets their probabilities to 0, until there are enough. */
function weightedDistinct(source: Source, count: number, probabilities: Float64Array): Int32Array {
  const left = probabilities.slice();
  const chosen = new Set<number>();
  while (chosen.size < count) {
    for (const index of chosen) left[index] = 0;
    for (const index of weighted(source, count - chosen.size, left)) chosen.add(index);
  }
  return Int32Array.from(chosen);
}

/** The sums of the first 1, 2, … probabilities, over the sum of all. */
function runningSums(probabilities: Float64Array): Float64Array {
  let sum = 0;
  const sums = probabilities.map((one) => (sum += one));
  return sums.map((part) => part / sum);
}

/** The index of the first sum above `value`. */
function firstAbove(sums: Float64Array, value: number): number {
  let low = 0;
  let high = sums.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sums[middle] as number) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** `count` different integers from 0 to `range` − 1, in random order. */
function drawDistinct(source: Source, range: number, count: number): Int32Array {
  if (source.masked) return shuffleWith(source, ascending(range)).slice(0, count);
  if (range > 10_000 && count > Math.floor(range / 50)) {
    return shuffleFrom(Math.max(range - count, 1), source, ascending(range)).slice(range - count);
  }
  // Floyd's method: each number is new, or the last one allowed takes its place.
  const chosen = new Int32Array(count);
  const taken = new Set<number>();
  for (let index = 0; index < count; index++) {
    const last = range - count + index;
    const drawn = drawInteger(source, last + 1);
    const value = taken.has(drawn) ? last : drawn;
    taken.add(value);
    chosen[index] = value;
  }
  return shuffleFrom(1, source, chosen);
}

/** Shuffles the elements from `first` on with integers of the source's own kind. */
function shuffleFrom(first: number, source: Source, array: Int32Array): Int32Array {
  for (let index = array.length - 1; index >= first; index--) swap(array, index, drawInteger(source, index + 1));
  return array;
}
