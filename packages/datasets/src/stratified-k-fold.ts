import { checkOptions, type Shape } from '@nn/tensor';
import { type Dataset, type Parted, rowsOf } from './dataset.ts';
import { checkFolds, classRows, type Folds, foldsOptions, orderOf, partedBy, shufflerOf } from './partition.ts';

/**
 * Divides the rows into folds that keep the proportions of the classes, and iterates over them: each fold is the test part
 * once, the others are the training part.
 *
 * Gives the same folds as `StratifiedKFold` of scikit-learn. A class with fewer rows than folds is missing in some folds.
 * The folds are drawn once, at the call, so iterating again gives the same folds.
 *
 * @param data           x and y with equally many rows; y holds class indices, int32 of shape [N]
 * @param options.folds  how many, from 2 to the rows of the largest class
 * @param options.random shuffles the rows of each class; `shuffle: false` keeps their order
 * @returns for each fold { train, test }; within a part the rows keep the order of the data
 * @throws RangeError, TypeError when folds does not fit
 * @throws DTypeError when y holds no class indices, or no generator is given and the order is not kept
 * @example Array.from(stratifiedKFold({ x: arange(4), y: tensor([0, 0, 1, 1], { dtype: 'int32' }) }, { folds: 2, shuffle: false }), ({ test }) => String(test.x)).join(' ')   // [0 2] [1 3]
 */
export function stratifiedKFold<X extends Shape, Y extends Shape>(
  data: Dataset<X, Y>,
  options: Folds,
): Iterable<Parted<X, Y>> {
  checkOptions('stratifiedKFold', options, foldsOptions);
  const rows = rowsOf(data, 'stratifiedKFold');
  const random = shufflerOf(options, 'stratifiedKFold');
  const classes = classRows(data.y, 'stratifiedKFold');
  const most = Math.max(...classes.map((each) => each.rows.length));
  const folds = checkFolds(options.folds, most, 'the rows of the largest class', 'stratifiedKFold');
  const foldOfRow = new Int32Array(rows);
  let start = 0;
  for (const { rows: members } of classes) {
    // Rows sorted by class take the folds in turn, so the counts of a class in two folds differ by one at most.
    const foldOfMember = Array.from(members, (_, at) => (start + at) % folds).sort((a, b) => a - b);
    const order = orderOf(members.length, random).data;
    for (const [at, row] of members.entries()) foldOfRow[row] = foldOfMember[order[at]!]!;
    start += members.length;
  }
  return partedBy(data, foldOfRow, folds);
}
