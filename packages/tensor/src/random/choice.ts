import { fromTypedArray } from '../creation.ts';
import { checkShape, type Shape, sizeOf } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { drawDistinct } from './distinct.ts';
import { checkNumber } from '../check-number.ts';
import { checkCount, checkProbabilities } from './parameter.ts';
import type { Random } from './random.ts';
import type { Source } from './source.ts';
import { drawWhole } from './whole.ts';

/** How to choose. */
export interface ChoiceOptions<S extends Shape = Shape> {
  /** How many to choose; one number when left away. */
  readonly shape?: S;
  /** Whether a number may come twice; true unless given. */
  readonly replace?: boolean;
  /** How likely each number is, 1 together; all equally likely unless given. */
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
export function choice(
  { source }: Random,
  n: number,
  { shape, replace = true, probabilities }: ChoiceOptions = {},
): number | Tensor {
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
    chosen = replace ? Int32Array.from({ length: size }, () => drawWhole(source, n)) : drawDistinct(source, n, size);
  }
  return shape ? fromTypedArray(chosen, shape) : (chosen[0] as number);
}

function weighted(source: Source, count: number, probabilities: Float64Array): Int32Array {
  const sums = runningSums(probabilities);
  return Int32Array.from({ length: count }, () => firstAbove(sums, source.unit()));
}

/** Draws for what is still missing, keeps what is new, and takes its probability away. */
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
