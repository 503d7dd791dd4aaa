import {
  arange,
  checkNumber,
  checkRandom,
  DTypeError,
  fromTypedArray,
  permutation,
  type Random,
  type Shape,
  type Tensor,
} from '@nn/tensor';
import { type Dataset, type Parted, pickRows } from './dataset.ts';

/**
 * The order of the rows before they are divided: shuffled, or with `shuffle: false` as they are. Data is often sorted by
 * class, so there is no default.
 */
export type Order =
  | { readonly random: Random; readonly shuffle?: true }
  | { readonly shuffle: false; readonly random?: Random };

/** The generator to shuffle with, or undefined when the rows keep their order. */
export function shufflerOf(
  { random, shuffle = true }: { random?: Random; shuffle?: boolean },
  caller: string,
): Random | undefined {
  if (!shuffle) return undefined;
  if (random === undefined) {
    throw new DTypeError(
      `${caller}: the rows are shuffled, but no generator was given. Write random: randomState(0), ` +
        `or shuffle: false to keep their order.`,
    );
  }
  return checkRandom(random, caller);
}

/** The row indices in that order. */
export function orderOf(rows: number, random: Random | undefined): Tensor<[number]> {
  return random ? permutation(random, rows) : arange(rows);
}

/** A class and the indices of its rows, ascending. */
export interface ClassRows {
  readonly label: number;
  readonly rows: readonly number[];
}

/**
 * The rows of each class. Classes come in the order in which they first appear.
 *
 * @throws DTypeError when y does not hold one class index per row
 */
export function classRows(y: Tensor, caller: string): ClassRows[] {
  if (y.dtype !== 'int32' || y.rank !== 1) {
    throw new DTypeError(
      `${caller}: to tell the classes apart, y must hold one int32 class index per row, got ${y.dtype} of rank ` +
        `${y.rank}. For one-hot rows write y.argmax(1).`,
    );
  }
  const found = new Map<number, number[]>();
  for (const [row, label] of y.data.entries()) {
    const rows = found.get(label);
    if (rows) rows.push(row);
    else found.set(label, [row]);
  }
  return Array.from(found, ([label, rows]) => ({ label, rows }));
}

/** The options of `kFold` and `stratifiedKFold`. */
export type Folds = Order & { readonly folds: number };

/** Their names, for `checkOptions`. */
export const foldsOptions: readonly string[] = ['folds', 'random', 'shuffle'];

/** @throws RangeError, TypeError when `folds` is not an integer from 2 to `most` */
export function checkFolds(folds: number, most: number, of: string, caller: string): number {
  const fits = Number.isInteger(folds) && folds >= 2 && folds <= most;
  const requirement = `an integer from 2 to ${most}, ${of}`;
  return checkNumber(caller, 'folds', folds, fits, requirement, 'Five or ten are usual.');
}

/** One pair of training and test part for each fold: the fold is the test part. */
export function partedBy<X extends Shape, Y extends Shape>(
  data: Dataset<X, Y>,
  foldOfRow: Int32Array,
  folds: number,
): Iterable<Parted<X, Y>> {
  const rowsWhere = (test: (fold: number) => boolean) => {
    const rows = Int32Array.from(foldOfRow.keys()).filter((row) => test(foldOfRow[row]!));
    return pickRows(data, fromTypedArray(rows, [rows.length]));
  };
  return {
    *[Symbol.iterator]() {
      for (let testFold = 0; testFold < folds; testFold++) {
        yield { train: rowsWhere((fold) => fold !== testFold), test: rowsWhere((fold) => fold === testFold) };
      }
    },
  };
}
