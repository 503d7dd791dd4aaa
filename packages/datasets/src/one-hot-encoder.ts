import { checkOptions, checkTensor, fromTypedArray, ShapeError, showShape, type Tensor } from '@nn/tensor';
import { categoriesOf, type Category, indicesOf, valuesOf } from './categories.ts';

/** Options of `oneHotEncoder`. */
export interface OneHotEncoderOptions {
  /** What becomes of a category that was not there in fit: it is refused, or encoded as zeros. Default `refuse`. */
  readonly unknown?: 'refuse' | 'zeros';
}

/** Rows of categories, one for each column: a tensor of shape [N, columns], or arrays. */
export type CategoryRows = Tensor | readonly (readonly Category[])[];

/** What a one-hot encoder has learned. */
export interface OneHotEncoding {
  /** The categories of each column, in ascending order. */
  readonly categories: readonly (readonly Category[])[];
  /**
   * Each column as so many columns as it has categories, with a single 1: float32 of shape [N, Σ categories].
   *
   * @throws ShapeError when the rows have another number of columns
   * @throws RangeError when a category was not there in fit, unless unknown ones become zeros
   */
  transform(rows: CategoryRows): Tensor<[number, number]>;
  /**
   * The category with the largest number, for each column of each row; undefined where all are 0.
   *
   * @throws ShapeError when the rows do not have one number for each category
   */
  inverse(encoded: Tensor): (Category | undefined)[][];
}

/** Learns categories from rows. */
export interface OneHotEncoder {
  /**
   * @throws ShapeError when the rows differ in length, or a tensor is no matrix
   * @throws TypeError when the categories of a column are mixed
   * @throws RangeError when there is no row, or a number is NaN
   */
  fit(rows: CategoryRows): OneHotEncoding;
}

/**
 * Columns of zeros and ones for columns of categories. As `OneHotEncoder` of scikit-learn.
 *
 * For class indices alone, 0 … classes − 1, `oneHot` of @nn/tensor is shorter.
 *
 * @param options.unknown  `refuse` (default) or `zeros`
 * @returns an encoder with fit(rows), which gives { categories, transform(rows), inverse(encoded) }
 * @throws TypeError when unknown is something else
 * @example
 * const encoding = oneHotEncoder().fit([['red', 2], ['blue', 1], ['red', 3]]);
 * String(encoding.transform([['red', 1]]))   // [[0. 1. 1. 0. 0.]]
 */
export function oneHotEncoder(options: OneHotEncoderOptions = {}): OneHotEncoder {
  const caller = 'oneHotEncoder';
  const { unknown = 'refuse' } = checkOptions(caller, options, ['unknown']);
  if (unknown !== 'refuse' && unknown !== 'zeros') {
    throw new TypeError(
      `${caller}: unknown must be 'refuse' or 'zeros', got ${String(unknown)}. Leave it out for 'refuse'.`,
    );
  }
  return {
    fit(rows) {
      const categories = columnsOf(rows, caller).map((column, at) => categoriesOf(column, `${caller}: column ${at}`));
      const indices = categories.map(indicesOf);
      const starts = categories.map((_, at) => categories.slice(0, at).reduce((sum, { length }) => sum + length, 0));
      const width = categories.reduce((sum, { length }) => sum + length, 0);
      const { length } = categories;
      return {
        categories,
        transform(others) {
          const columns = columnsOf(others, `${caller}.transform`, length);
          const count = columns[0]!.length;
          const encoded = new Float32Array(count * width);
          columns.forEach((column, at) => {
            column.forEach((category, row) => {
              const index = indices[at]!.get(category);
              if (index !== undefined) encoded[row * width + starts[at]! + index] = 1;
              else if (unknown === 'refuse') {
                throw new RangeError(
                  `${caller}.transform: row ${row} has ${String(category)} in column ${at}, which was not there in fit. ` +
                    `Write oneHotEncoder({ unknown: 'zeros' }), or leave the row out.`,
                );
              }
            });
          });
          return fromTypedArray(encoded, [count, width]);
        },
        inverse(encoded) {
          const { shape, data } = checkTensor(encoded, `${caller}.inverse`);
          if (shape.length !== 2 || shape[1] !== width) {
            throw new ShapeError(
              `${caller}.inverse: rows must have ${width} numbers, one for each category, got shape ${showShape(shape)}. ` +
                `Give what transform returned.`,
            );
          }
          return Array.from({ length: shape[0]! }, (_, row) =>
            categories.map((names, at) => {
              const start = row * width + starts[at]!;
              const numbers = Array.from(data.subarray(start, start + names.length));
              const largest = numbers.reduce((best, value, index) => (value > numbers[best]! ? index : best), 0);
              return numbers.every((value) => value === 0) ? undefined : names[largest]!;
            }),
          );
        },
      };
    },
  };
}

/** The columns of rows of categories. */
function columnsOf(rows: CategoryRows, caller: string, columns?: number): readonly (readonly Category[])[] {
  const { shape, values } = matrixOf(rows, caller);
  const [count, width] = shape as [number, number];
  if (columns !== undefined && columns !== width && count > 0) {
    throw new ShapeError(
      `${caller}: rows must have ${columns} columns, as in fit, got ${width}. Give the same columns, or fit again.`,
    );
  }
  return Array.from({ length: columns ?? width }, (_, at) =>
    Array.from({ length: count }, (_, row) => values[row * width + at]!),
  );
}

function matrixOf(rows: CategoryRows, caller: string): { shape: readonly number[]; values: readonly Category[] } {
  if (Array.isArray(rows)) {
    const list = rows as readonly (readonly Category[])[];
    const width = list[0]?.length ?? 0;
    const wrong = list.findIndex((row) => !Array.isArray(row) || row.length !== width);
    if (wrong < 0 && width > 0) return { shape: [list.length, width], values: list.flat() };
    throw new ShapeError(
      `${caller}: rows must be arrays of equal length, at least one of at least one category, got another as row ` +
        `${Math.max(wrong, 0)}. Write [['red', 1], ['blue', 2]].`,
    );
  }
  const { shape } = checkTensor(rows as Tensor, caller);
  if (shape.length === 2 && shape[1]! > 0) return { shape, values: valuesOf(rows as Tensor, caller) };
  throw new ShapeError(
    `${caller}: a tensor must have shape [N, columns], got ${showShape(shape)}. Write x.expandDims(1) for one column.`,
  );
}
