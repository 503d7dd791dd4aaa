import { checkOptions, checkTensor, ShapeError, showShape, type Tensor } from '@nn/tensor';
import { checkFiniteOrNaN, type Columns, columnsOf, linearMap, rowOf, type Scaling } from './scaling.ts';

/** What a standard scaler has learned: each of the shape of a row, float64. */
export interface StandardScaling extends Scaling {
  readonly mean: Tensor;
  /** Σ (x − mean)² / N */
  readonly variance: Tensor;
  /** What the columns are divided by. */
  readonly scale: Tensor;
}

/** Learns a scale from rows. */
export interface StandardScaler {
  /**
   * @param x                rows, shape [N, features] or with more axes; NaN is skipped
   * @param options.weights  how much each row counts, shape [N]; 1 unless given
   * @throws ShapeError when there is no row, or the weights do not fit
   * @throws RangeError when a number is infinite
   */
  fit(x: Tensor, options?: { readonly weights?: Tensor }): StandardScaling;
}

/**
 * Scales every column to mean 0 and variance 1.
 *
 *   (x − mean) / √variance          variance = Σ (x − mean)² / N; a constant column is divided by 1
 *
 * A column is constant when its variance is not above the rounding of its mean, N · ε · variance + (N · ε · mean)² with
 * ε = 2⁻⁵². NaN stands for a missing number: it is skipped when the scale is learned, and stays NaN.
 *
 * Learn the scale from the training part alone, and apply it to both parts. Computed in float64; float32 in, float32
 * out. As `StandardScaler` of scikit-learn.
 *
 * @param options.center  subtract the mean
 * @param options.scale   divide by the standard deviation
 * @returns a scaler with fit(x), which gives { mean, variance, scale, transform(x), inverse(x) }
 * @example
 * const scaler = standardScaler().fit(tensor([[1, 10], [3, 30]]));
 * String(scaler.transform(tensor([[2, 40]])))   // [[0. 2.]]
 */
export function standardScaler(options: { readonly center?: boolean; readonly scale?: boolean } = {}): StandardScaler {
  const { center = true, scale = true } = checkOptions('standardScaler', options, ['center', 'scale']);
  const caller = 'standardScaler';
  return {
    fit(x, options = {}) {
      const { weights } = checkOptions(`${caller}.fit`, options, ['weights']);
      const columns = columnsOf(x, caller);
      const weightOf = weightsOf(weights, columns.rows);
      const { means, variances } = statisticsOf(columns, weightOf);
      if (!means.every(Number.isFinite)) {
        checkFiniteOrNaN(columns, caller);
        skipMissing(columns, weightOf, means, variances);
      }
      const scales = variances.map((variance, at) =>
        scale && !isConstant(variance, means[at]!, columns.rows) ? Math.sqrt(variance) : 1,
      );
      const factor = rowOf(scales, columns);
      const offset = rowOf(center ? means : means.map(() => 0), columns);
      return {
        mean: rowOf(means, columns),
        variance: rowOf(variances, columns),
        scale: factor,
        transform: linearMap('divide', factor, offset, 'transform'),
        inverse: linearMap('multiply', factor, offset, 'inverse'),
      };
    },
  };
}

/** Is a variance no more than what the rounding of the mean leaves? */
function isConstant(variance: number, mean: number, rows: number): boolean {
  const rounding = rows * Number.EPSILON;
  return variance <= rounding * variance + (rounding * mean) ** 2;
}

/** The mean and the variance of each column; NaN where a number is NaN. */
function statisticsOf(columns: Columns, weightOf: (row: number) => number) {
  const { values, rows, width } = columns;
  let total = 0;
  for (let row = 0; row < rows; row++) total += weightOf(row);
  const means = sumRows(columns, (row, sum) => {
    const weight = weightOf(row);
    for (let at = 0, place = row * width; at < width; at++, place++) sum[at]! += weight * values[place]!;
  }).map((sum) => sum / total);
  const variances = sumRows(columns, (row, sum) => {
    const weight = weightOf(row);
    for (let at = 0, place = row * width; at < width; at++, place++) {
      const distance = values[place]! - means[at]!;
      sum[at]! += weight * distance * distance;
    }
  }).map((square) => square / total);
  return { means, variances };
}

/** Computes the mean and the variance of the columns that hold NaN again, from their other numbers. */
function skipMissing(
  { values, rows, width }: Columns,
  weightOf: (row: number) => number,
  means: Float64Array,
  variances: Float64Array,
): void {
  for (let at = 0; at < width; at++) {
    if (!Number.isNaN(means[at]!)) continue;
    const present = Array.from({ length: rows }, (_, row) => row).filter(
      (row) => !Number.isNaN(values[row * width + at]),
    );
    const column = {
      values: present.map((row) => values[row * width + at]!),
      rows: present.length,
      width: 1,
      features: [],
    };
    const found = statisticsOf(column, (row) => weightOf(present[row]!));
    means[at] = found.means[0]!;
    variances[at] = found.variances[0]!;
  }
}

/** Adds up rows in blocks, and then the blocks: the rounding stays small for many rows. */
function sumRows({ rows, width }: Columns, addRow: (row: number, sum: Float64Array) => void): Float64Array {
  const total = new Float64Array(width);
  const block = new Float64Array(width);
  for (let start = 0; start < rows; start += 256) {
    block.fill(0);
    for (let row = start; row < Math.min(start + 256, rows); row++) addRow(row, block);
    for (let at = 0; at < width; at++) total[at]! += block[at]!;
  }
  return total;
}

/** The weight of each row. */
function weightsOf(weights: Tensor | undefined, rows: number): (row: number) => number {
  if (weights === undefined) return () => 1;
  if (checkTensor(weights, 'standardScaler').rank !== 1 || weights.shape[0] !== rows) {
    throw new ShapeError(
      `standardScaler: weights must have shape [${rows}], one per row, got ${showShape(weights.shape)}. Leave them out to count all rows alike.`,
    );
  }
  const total = weights.cast('float64').sum().item();
  const least = weights.min().item();
  if (!(least >= 0 && total > 0 && total < Infinity)) {
    throw new ShapeError(
      `standardScaler: weights must be 0 or more and not all 0, got ${least} as the smallest and ${total} in all. ` +
        `Check how they were computed.`,
    );
  }
  const { data } = weights;
  return (row) => data[row]!;
}
