import { fromTypedArray, type Shape, type Tensor } from '@nn/tensor';
import { checkPrecision, inPrecision, type Precision } from './precision.ts';

/**
 * A table of decimal numbers, packed into text.
 *
 * A number is written as a whole number, in digits of base 64, a fixed count of them per column; divided by a power of
 * ten it is the decimal number again, exactly as a reader of the decimal digits would get it.
 */
export interface Table {
  readonly featureNames: readonly string[];
  readonly classNames: readonly string[];
  /** For each column, one digit: by how many decimal places the whole numbers are to be shifted. */
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
  asked: string,
): { readonly x: Tensor<X>; readonly y: Tensor<Y> } {
  checkPrecision(dtype, asked);
  const widths = Array.from(table.widths, Number);
  // Both are exact, so the quotient is the double nearest to the decimal number.
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
