import { fromTypedArray, type Shape, type Tensor } from '@nn/tensor';
import type { Dataset } from './dataset.ts';
import { checkPrecision, inPrecision, type Precision } from './precision.ts';

/** Measured data, with its description and source. */
export interface PublishedDataset<X extends Shape = Shape, Y extends Shape = Shape> extends Dataset<X, Y> {
  /** What each column of `x` holds. */
  readonly featureNames: readonly string[];
  /** The names of the classes in `y`, class 0 first. */
  readonly classNames: readonly string[];
  readonly description: string;
  /** Where it was published. */
  readonly source: string;
  readonly licence: string;
  /** Whom to credit, as the licence requires. */
  readonly citation: string;
}

export const attribution = 'CC BY 4.0, https://creativecommons.org/licenses/by/4.0/';

/**
 * A table of decimal numbers, packed into text.
 *
 * A number is stored as an integer in base 64, with a fixed number of digits per column. Divided by a power of ten it is the
 * float64 nearest to the published decimal number.
 */
export interface Table {
  readonly featureNames: readonly string[];
  readonly classNames: readonly string[];
  /** For each column, one digit: how many decimal places its numbers have. */
  readonly decimals: string;
  /** For each column, one digit: how many digits of base 64 a number has. */
  readonly widths: string;
  /** The numbers, row by row. */
  readonly values: string;
  /** For each row, one digit: its class. */
  readonly labels: string;
}

/** The digits of base 64, from 0 to 63. */
export const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+/';

/** Unpacks a table: x is [rows, columns], y the class of each row. */
export function unpack<const X extends Shape, const Y extends Shape>(
  table: Table,
  [x, y]: readonly [X, Y],
  dtype: Precision,
  caller: string,
): { readonly x: Tensor<X>; readonly y: Tensor<Y> } {
  checkPrecision(dtype, caller);
  const widths = Array.from(table.widths, Number);
  // Both are exact, so the quotient is the float64 nearest to the decimal number.
  const units = Array.from(table.decimals, (places) => 10 ** Number(places));
  const digits = new Map(Array.from(alphabet, (letter, digit) => [letter, digit]));
  const values = new Float64Array(table.labels.length * widths.length);
  let place = 0;
  for (let at = 0; at < values.length; at++) {
    const column = at % widths.length;
    let whole = 0;
    for (const end = place + widths[column]!; place < end; place++)
      whole = whole * 64 + digits.get(table.values[place]!)!;
    values[at] = whole / units[column]!;
  }
  return {
    x: inPrecision(values, x, dtype),
    y: fromTypedArray(Int32Array.from(table.labels, Number), y),
  };
}
