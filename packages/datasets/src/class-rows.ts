import { DTypeError, type Tensor } from '@nn/tensor';

/** A class and the rows that belong to it, ascending. */
export interface ClassRows {
  readonly label: number;
  readonly rows: readonly number[];
}

/**
 * The rows of each class, the classes as they first appear.
 *
 * @throws DTypeError when y does not hold one class index per row
 */
export function classRows(y: Tensor, asked: string): ClassRows[] {
  if (y.dtype !== 'int32' || y.rank !== 1) {
    throw new DTypeError(
      `${asked}: to keep the proportions of the classes, y must hold one int32 class index per row, got ${y.dtype} of rank ` +
        `${y.rank}. For one-hot rows write argmax(y, 1).`,
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
