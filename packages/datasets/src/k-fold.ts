import type { Shape } from '@nn/tensor';
import { evenParts } from './count.ts';
import { type Dataset, type Parted, rowsOf } from './dataset.ts';
import { checkFolds, type Folds, partedBy } from './folds.ts';
import { orderOf, shufflerOf } from './order.ts';

/**
 * Parts the rows into folds, and goes through them: each fold is held back once, the others are to learn from.
 *
 * Fold for fold `KFold` of scikit-learn; the first folds get one row more where the rows do not divide. The order is
 * drawn once, at the call: going through the folds again gives the same ones.
 *
 * @param data           x and y with equally many rows
 * @param options.folds  how many, 2 … N
 * @param options.random where the order comes from; `shuffle: false` takes the rows as they come
 * @returns for each fold { train, test }; within a part the rows keep the order of the data
 * @throws RangeError, TypeError when folds is no whole number from 2 to N
 * @throws DTypeError when no generator is given and the order is not kept
 * @example Array.from(kFold({ x: arange(5), y: arange(5) }, { folds: 2, shuffle: false }), ({ test }) => String(test.x)).join(' ')   // [0 1 2] [3 4]
 */
export function kFold<X extends Shape, Y extends Shape>(data: Dataset<X, Y>, options: Folds): Iterable<Parted<X, Y>> {
  const rows = rowsOf(data, 'kFold');
  const folds = checkFolds(options.folds, rows, 'the number of rows', 'kFold');
  const order = orderOf(rows, shufflerOf(options, 'kFold')).data;
  const foldOfRow = new Int32Array(rows);
  let start = 0;
  for (const [fold, count] of evenParts(rows, folds).entries()) {
    for (const row of order.subarray(start, (start += count))) foldOfRow[row] = fold;
  }
  return partedBy(data, foldOfRow, folds);
}
