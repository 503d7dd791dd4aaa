import { checkOptions, type Shape, type Tensor } from '@nn/tensor';
import { checkFeatures, checkFiniteOrNaN, type Columns, columnsOf, rowOf } from './scaling.ts';

/** Options of `imputer`. */
export interface ImputerOptions {
  /** What replaces a missing number: of its column the mean, the median or the most frequent number, or a constant. */
  readonly strategy?: 'mean' | 'median' | 'mostFrequent' | 'constant';
  /** The constant. Default 0. */
  readonly value?: number;
}

/** What an imputer has learned. */
export interface Imputing {
  /** What replaces a missing number of each column, of the shape of a row, float64. */
  readonly fill: Tensor;
  /** The numbers with each NaN replaced: float64 for float64, else float32. */
  transform<S extends Shape>(x: Tensor<S>): Tensor<S>;
}

/** Learns what replaces missing numbers. */
export interface Imputer {
  /**
   * @param x  rows, shape [N, features] or with more axes; NaN is missing
   * @throws ShapeError when there is no row
   * @throws RangeError when a number is infinite, or a column has no number to learn from
   */
  fit(x: Tensor): Imputing;
}

/**
 * Replaces missing numbers, which are NaN, column by column. As `SimpleImputer` of scikit-learn.
 *
 *   mean            Σ x / n of the numbers that are there
 *   median          the middle one in order; the mean of the two in the middle of an even count
 *   mostFrequent    the number that is there most often; the smallest of several
 *   constant        `value`
 *
 * Learn from the training part alone, and apply it to both parts.
 *
 * @param options.strategy  default `mean`
 * @param options.value     the constant, default 0
 * @returns an imputer with fit(x), which gives { fill, transform(x) }
 * @throws TypeError when there is no such strategy, or a value is given for another than `constant`
 * @example
 * const { transform } = imputer({ strategy: 'median' }).fit(tensor([[1, 5], [NaN, 7], [4, 7]]));
 * String(transform(tensor([[NaN, NaN]])))   // [[2.5 7. ]]
 */
export function imputer(options: ImputerOptions = {}): Imputer {
  const { strategy = 'mean', value } = checkOptions('imputer', options, ['strategy', 'value']);
  if (!Object.hasOwn(fills, strategy)) {
    const known = Object.keys(fills).join(', ');
    throw new TypeError(`imputer: strategy must be one of ${known}, got ${String(strategy)}. Leave it out for mean.`);
  }
  if (value !== undefined && strategy !== 'constant') {
    throw new TypeError(
      `imputer: value is for the strategy constant, got it for ${strategy}. Write { strategy: 'constant', value: ${value} }.`,
    );
  }
  return {
    fit(x) {
      const columns = columnsOf(x, 'imputer');
      checkFiniteOrNaN(columns, 'imputer');
      const fill = rowOf(
        Float64Array.from({ length: columns.width }, (_, at) =>
          strategy === 'constant' ? (value ?? 0) : fills[strategy](presentOf(columns, at)),
        ),
        columns,
      );
      return {
        fill,
        transform<S extends Shape>(other: Tensor<S>): Tensor<S> {
          checkFeatures(other, fill.shape, 'transform');
          const given: Tensor = other.cast(other.dtype === 'float64' ? 'float64' : 'float32');
          return given.notEqual(given).where(fill.cast(given.dtype), given) as Tensor<S>;
        },
      };
    },
  };
}

/** What replaces a missing number, from the others in ascending order. */
const fills: Readonly<Record<NonNullable<ImputerOptions['strategy']>, (sorted: Float64Array) => number>> = {
  mean: (sorted) => sorted.reduce((sum, value) => sum + value, 0) / sorted.length,
  median: (sorted) => {
    const half = sorted.length / 2;
    return (sorted[Math.ceil(half) - 1]! + sorted[Math.floor(half)]!) / 2;
  },
  mostFrequent: (sorted) => {
    let [best, most, count] = [sorted[0]!, 0, 0];
    for (const [at, value] of sorted.entries()) {
      count = value === sorted[at - 1] ? count + 1 : 1;
      if (count > most) [best, most] = [value, count];
    }
    return best;
  },
  constant: () => NaN,
};

/** The numbers of a column that are there, in ascending order. */
function presentOf({ values, rows, width }: Columns, at: number): Float64Array {
  const column = Float64Array.from({ length: rows }, (_, row) => values[row * width + at]!);
  const present = column.filter((value) => !Number.isNaN(value)).sort();
  if (present.length > 0) return present;
  throw new RangeError(
    `imputer: column ${at} has no number to learn from, only NaN. Leave the column out, or use the strategy constant.`,
  );
}
