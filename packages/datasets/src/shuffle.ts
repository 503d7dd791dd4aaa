import { checkOptions, checkRandom, permutation, type Random, type Shape } from '@nn/tensor';
import { type AnyRows, type Dataset, pickRows, rowsOf } from './dataset.ts';

/**
 * The rows in random order; x and y stay together.
 *
 * Draws one `permutation(random, N)`: with equal seeds `shuffle` of scikit-learn gives the same order.
 *
 * @param data  x and y with equally many rows
 * @returns     the same rows, shuffled; data itself does not change
 * @throws ShapeError when x and y have different numbers of rows
 * @throws DTypeError when no generator is given
 * @example String(shuffle({ x: arange(5), y: arange(5) }, { random: randomState(0) }).y)   // [2 0 1 3 4]
 */
export function shuffle<X extends Shape, Y extends Shape>(
  data: Dataset<X, Y>,
  options: { readonly random: Random },
): Dataset<AnyRows<X>, AnyRows<Y>> {
  const { random } = checkOptions('shuffle', options, ['random']);
  const rows = rowsOf(data, 'shuffle');
  return pickRows(data, permutation(checkRandom(random, 'shuffle'), rows));
}
