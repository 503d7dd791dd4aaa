import { checkOptions, type Shape } from '@nn/tensor';
import { evenParts } from './apportion.ts';
import { type Dataset, type Parted, rowsOf } from './dataset.ts';
import { checkFolds, type Folds, foldsOptions, orderOf, partedBy, shufflerOf } from './partition.ts';

/**
 * Divides the rows into folds and iterates over them: each fold is the test part once, the others are the training part.
 *
 * Gives the same folds as `KFold` of scikit-learn; the first folds get one more row when the rows do not divide evenly. The
 * order is drawn once, at the call, so iterating again gives the same folds.
 *
 * @param data           x and y with equally many rows
 * @param options.folds  how many, 2 … N
 * @param options.random shuffles the rows; `shuffle: false` keeps their order
 * @returns for each fold { train, test }; within a part the rows keep the order of the data
 * @throws RangeError, TypeError when folds is not an integer from 2 to N
 * @throws DTypeError when no generator is given and the order is not kept
 * @example Array.from(kFold({ x: arange(5), y: arange(5) }, { folds: 2, shuffle: false }), ({ test }) => String(test.x)).join(' ')   // [0 1 2] [3 4]
 */
export function kFold<X extends Shape, Y extends Shape>(data: Dataset<X, Y>, options: Folds): Iterable<Parted<X, Y>> {
  checkOptions('kFold', options, foldsOptions);
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
