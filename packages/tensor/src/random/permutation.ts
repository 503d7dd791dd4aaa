import { fromTypedArray } from '../creation.ts';
import type { Tensor } from '../tensor.ts';
import { checkCount } from './parameter.ts';
import type { Random } from './random.ts';
import { ascending, shuffleWith } from './shuffle.ts';

/**
 * The numbers 0 … n − 1 in random order, int32.
 *
 * `x.take(permutation(random, x.shape[0]), 0)` shuffles the rows of x.
 *
 * @throws RangeError when n is no whole number from 0 on
 * @example String(permutation(randomState(0), 5))   // [2 0 1 3 4]
 */
export function permutation<const N extends number>({ source }: Random, n: N): Tensor<[N]> {
  return fromTypedArray(shuffleWith(source, ascending(checkCount('permutation', 'n', n))), [n]);
}
