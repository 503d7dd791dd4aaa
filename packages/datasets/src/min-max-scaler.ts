import { checkOptions, type Shape, ShapeError, type Tensor } from '@nn/tensor';
import { checkFiniteOrNaN, type Columns, columnsOf, linearMap, rowOf, type Scaling } from './scaling.ts';

/** What a min-max scaler has learned: each of the shape of a row, float64. */
export interface MinMaxScaling extends Scaling {
  readonly minimum: Tensor;
  readonly maximum: Tensor;
  /** What the columns are multiplied by. */
  readonly scale: Tensor;
  /** What is then added. */
  readonly offset: Tensor;
}

/** Learns a scale from rows. */
export interface MinMaxScaler {
  /**
   * @param x  rows, shape [N, features] or with more axes; NaN is skipped
   * @throws ShapeError when there is no row
   * @throws RangeError when a number is infinite
   */
  fit(x: Tensor): MinMaxScaling;
}

/**
 * Scales every column to a range, 0 … 1 unless another is given.
 *
 *   x · scale + offset          scale = (high − low) / (maximum − minimum), offset = low − minimum · scale
 *
 * A column is constant when maximum − minimum is below 10 · 2⁻⁵²; it is scaled as if the difference were 1. NaN stands for
 * a missing number: it is skipped when the scale is learned, and stays NaN. Other data may leave the range unless it is
 * clipped.
 *
 * Computed in float64; float32 in, float32 out. As `MinMaxScaler` of scikit-learn.
 *
 * @param options.range  [low, high]
 * @param options.clip   replace what would leave the range by the nearest end of it
 * @returns a scaler with fit(x), which gives { minimum, maximum, scale, offset, transform(x), inverse(x) }
 * @throws ShapeError when low is not below high
 * @example
 * const scaler = minMaxScaler().fit(tensor([[1, 10], [3, 30]]));
 * String(scaler.transform(tensor([[2, 40]])))   // [[0.5 1.5]]
 */
export function minMaxScaler(
  options: { readonly range?: readonly [low: number, high: number]; readonly clip?: boolean } = {},
): MinMaxScaler {
  const { range: [low, high] = [0, 1], clip = false } = checkOptions('minMaxScaler', options, ['range', 'clip']);
  if (!(low < high) || !Number.isFinite(high - low)) {
    throw new ShapeError(
      `minMaxScaler: range must be [low, high] with low below high, got [${low}, ${high}]. Swap them, or use [0, 1].`,
    );
  }
  return {
    fit(x) {
      const columns = columnsOf(x, 'minMaxScaler');
      const { minima, maxima } = rangesOf(columns);
      if (!minima.every(Number.isFinite) || !maxima.every(Number.isFinite)) checkFiniteOrNaN(columns, 'minMaxScaler');
      const scales = maxima.map((maximum, at) => {
        const width = maximum - minima[at]!;
        return (high - low) / (width < 10 * Number.EPSILON ? 1 : width);
      });
      const scale = rowOf(scales, columns);
      const offset = rowOf(
        scales.map((factor, at) => low - minima[at]! * factor),
        columns,
      );
      const scaled = linearMap('multiply', scale, offset, 'transform');
      return {
        minimum: rowOf(minima, columns),
        maximum: rowOf(maxima, columns),
        scale,
        offset,
        transform: <S extends Shape>(other: Tensor<S>) => (clip ? scaled(other).clip(low, high) : scaled(other)),
        inverse: linearMap('divide', scale, offset, 'inverse'),
      };
    },
  };
}

/** The smallest and the largest number of each column; NaN where there is none. */
function rangesOf({ values, rows, width }: Columns) {
  const minima = new Float64Array(width).fill(Infinity);
  const maxima = new Float64Array(width).fill(-Infinity);
  for (let row = 0; row < rows; row++) {
    for (let at = 0, place = row * width; at < width; at++, place++) {
      const value = values[place]!;
      if (value < minima[at]!) minima[at] = value;
      if (value > maxima[at]!) maxima[at] = value;
    }
  }
  const missing = (at: number): boolean => minima[at]! > maxima[at]!;
  return {
    minima: minima.map((minimum, at) => (missing(at) ? NaN : minimum)),
    maxima: maxima.map((maximum, at) => (missing(at) ? NaN : maximum)),
  };
}
