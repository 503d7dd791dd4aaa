import { checkNumber, fromTypedArray, type Shape } from '@nn/tensor';
import { type Dataset, type Parted, pickRows } from './dataset.ts';
import type { Order } from './order.ts';

/** What `kFold` and `stratifiedKFold` take. */
export type Folds = Order & { readonly folds: number };

/** @throws RangeError, TypeError when there are not 2 … `most` folds */
export function checkFolds(folds: number, most: number, of: string, asked: string): number {
  const fits = Number.isInteger(folds) && folds >= 2 && folds <= most;
  const law = `a whole number from 2 to ${most}, ${of}`;
  return checkNumber(asked, 'folds', folds, fits, law, 'Five or ten are usual.');
}

/** Each fold held back once. */
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
      for (let held = 0; held < folds; held++) {
        yield { train: rowsWhere((fold) => fold !== held), test: rowsWhere((fold) => fold === held) };
      }
    },
  };
}
