import { clip as clipTo, ShapeError, type Tensor } from '@nn/tensor';
import { fitted, perRow, type Scaling } from './scaling.ts';

/** What a min-max scaler has learned: each of the shape of a row, float64. */
export interface MinMaxScaling extends Scaling {
  readonly minimum: Tensor;
  readonly maximum: Tensor;
  /** What the columns are multiplied by. */
  readonly scale: Tensor;
  /** What is added then. */
  readonly offset: Tensor;
}

/** Learns a scale from rows. */
export interface MinMaxScaler {
  /**
   * @param x  rows, shape [N, features] or with more axes
   * @throws ShapeError when there is no row
   */
  fit(x: Tensor): MinMaxScaling;
}

/**
 * Brings every column into a range, 0 … 1 unless another is named.
 *
 *   x · scale + offset          scale = (high − low) / (maximum − minimum), offset = low − minimum · scale
 *
 * A constant column is scaled as if maximum − minimum were 1. Other data may leave the range, unless it is clipped.
 * Computed in float64; float32 in, float32 out. As `MinMaxScaler` of scikit-learn.
 *
 * @param options.range  [low, high]
 * @param options.clip   put what would leave the range on its edge
 * @returns a scaler with fit(x), which gives { minimum, maximum, scale, offset, transform(x), inverse(x) }
 * @throws ShapeError when low is not below high
 * @example
 * const scaler = minMaxScaler().fit(tensor([[1, 10], [3, 30]]));
 * String(scaler.transform(tensor([[2, 40]])))   // [[0.5 1.5]]
 */
export function minMaxScaler({
  range: [low, high] = [0, 1],
  clip = false,
}: { readonly range?: readonly [low: number, high: number]; readonly clip?: boolean } = {}): MinMaxScaler {
  if (!(low < high) || !Number.isFinite(high - low)) {
    throw new ShapeError(
      `minMaxScaler: range must be [low, high] with low below high, got [${low}, ${high}]. Swap them, or use [0, 1].`,
    );
  }
  return {
    fit(x) {
      const rows = fitted(x, 'minMaxScaler');
      const features = rows.shape.slice(1);
      const minimum = rows.min(0);
      const maximum = rows.max(0);
      const width = maximum.sub(minimum);
      const scale = width
        .notEqual(0)
        .where(width, 1)
        .pow(-1)
        .mul(high - low);
      const offset = minimum.mul(scale).neg().add(low);
      const moved = (each: Tensor): Tensor => each.mul(scale).add(offset);
      return {
        minimum,
        maximum,
        scale,
        offset,
        transform: perRow(features, 'transform', (each) => (clip ? clipTo(moved(each), low, high) : moved(each))),
        inverse: perRow(features, 'inverse', (each) => each.sub(offset).div(scale)),
      };
    },
  };
}
