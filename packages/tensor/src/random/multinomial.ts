import { fromTypedArray } from '../creation.ts';
import { allocate } from '../dtype.ts';
import { checkShape, type Shape, sizeOf } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { drawBinomial } from './binomial.ts';
import { checkCount, checkProbabilities } from './parameter.ts';
import type { Random } from './random.ts';

/** How many things fall into how many classes. */
export interface MultinomialOptions {
  readonly trials: number;
  /** One per class, 1 together. */
  readonly probabilities: ArrayLike<number>;
}

/**
 * How many of so many things fall into each class.
 *
 * @param shape  how many draws; each is a row of counts, so the result has one more axis, of length classes; [] for one
 * @throws RangeError when the probabilities do not add up to 1, or the trials are no whole number from 0 on
 * @example String(multinomial(randomState(0), [2], { trials: 20, probabilities: [0.2, 0.3, 0.5] }))   // [[ 4  7  9]\n [ 4  6 10]]
 */
export function multinomial(
  { source }: Random,
  shape: Shape,
  { trials, probabilities }: MultinomialOptions = {} as MultinomialOptions,
): Tensor {
  checkCount('multinomial', 'trials', trials);
  const given = checkProbabilities('multinomial', probabilities);
  const full = checkShape([...shape, given.length], 'multinomial');
  const counts = allocate('int32', sizeOf(full));
  const last = given.length - 1;
  for (let row = 0; row < counts.length; row += given.length) {
    let left = trials;
    let chance = 1;
    for (let index = 0; index < last && left > 0; index++) {
      const count = drawBinomial(source, left, (given[index] as number) / chance);
      counts[row + index] = count;
      left -= count;
      chance -= given[index] as number;
    }
    counts[row + last] = left;
  }
  return fromTypedArray(counts, full);
}
