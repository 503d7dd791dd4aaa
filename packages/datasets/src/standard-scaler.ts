import { ones, owned, ShapeError, showShape, type Tensor, zeros } from '@nn/tensor';
import { fitted, perRow, type Scaling } from './scaling.ts';

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
   * @param x                rows, shape [N, features] or with more axes
   * @param options.weights  how much each row counts, shape [N]; all alike when left out
   * @throws ShapeError when there is no row, or the weights do not fit
   */
  fit(x: Tensor, options?: { readonly weights?: Tensor }): StandardScaling;
}

/**
 * Brings every column to mean 0 and variance 1.
 *
 *   (x − mean) / √variance          variance = Σ (x − mean)² / N; a constant column is divided by 1
 *
 * Learn the scale from the training part alone, and apply it to both parts. Computed in float64; float32 in, float32
 * out. As `StandardScaler` of scikit-learn.
 *
 * @param options.center  take the mean off
 * @param options.scale   divide by the standard deviation
 * @returns a scaler with fit(x), which gives { mean, variance, scale, transform(x), inverse(x) }
 * @example
 * const scaler = standardScaler().fit(tensor([[1, 10], [3, 30]]));
 * String(scaler.transform(tensor([[2, 40]])))   // [[0. 2.]]
 */
export function standardScaler({
  center = true,
  scale = true,
}: { readonly center?: boolean; readonly scale?: boolean } = {}): StandardScaler {
  return {
    fit(x, { weights } = {}) {
      const rows = fitted(x, 'standardScaler');
      const features = rows.shape.slice(1);
      const double = { dtype: 'float64' } as const;
      const share = weights ? shares(weights, rows) : 1 / rows.shape[0]!;
      const mean = rows.mul(share).sum(0);
      const apart = rows.sub(mean);
      const variance = apart.mul(apart).mul(share).sum(0);
      // Rounding may leave a constant column a variance of some 1e-33: the equal numbers tell.
      const constant = rows.max(0).equal(rows.min(0)).logicalOr(variance.equal(0));
      const spread = scale ? constant.where(1, variance.sqrt()) : ones(features, double);
      const middle = center ? mean : zeros(features, double);
      return {
        mean,
        variance,
        scale: spread,
        transform: perRow(features, 'transform', (each) => each.sub(middle).div(spread)),
        inverse: perRow(features, 'inverse', (each) => each.mul(spread).add(middle)),
      };
    },
  };
}

/** The weights as parts of 1, one per row. */
function shares(weights: Tensor, rows: Tensor): Tensor {
  const count = rows.shape[0]!;
  if (owned(weights, 'standardScaler').rank !== 1 || weights.shape[0] !== count) {
    throw new ShapeError(
      `standardScaler: weights must have shape [${count}], one per row, got ${showShape(weights.shape)}. Leave them out to count all rows alike.`,
    );
  }
  const values = weights.cast('float64');
  const total = values.sum().item();
  if (!(values.min().item() >= 0 && total > 0 && total < Infinity)) {
    throw new ShapeError(
      `standardScaler: weights must be 0 or more and not all 0, got ${values.min().item()} as the smallest and ${total} in all. ` +
        `Check how they were computed.`,
    );
  }
  return values.div(total).reshape([count, ...rows.shape.slice(1).map(() => 1)]);
}
