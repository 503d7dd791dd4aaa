import { owned, type Shape, ShapeError, showShape, type Tensor } from '@nn/tensor';

/** What a scaler has learned from data: apply it to other data alike. */
export interface Scaling {
  /** The numbers scaled, in float64 when they are float64, else in float32. */
  transform<S extends Shape>(x: Tensor<S>): Tensor<S>;
  /** Scaled numbers taken back to where they came from. */
  inverse<S extends Shape>(x: Tensor<S>): Tensor<S>;
}

/**
 * The rows to learn a scale from, in float64.
 *
 * @throws ShapeError when there is none
 */
export function fitted(x: Tensor, asked: string): Tensor {
  if (owned(x, asked).rank === 0 || x.shape[0] === 0) {
    throw new ShapeError(
      `${asked}: there must be at least one row to learn the scale from, got shape ${showShape(x.shape)}. Give x of shape [N, features].`,
    );
  }
  return x.cast('float64');
}

/** Does one thing to every row, in float64. The rows must have the shape of those that the scale was learned from. */
export function perRow(
  features: Shape,
  asked: string,
  scale: (x: Tensor) => Tensor,
): <S extends Shape>(x: Tensor<S>) => Tensor<S> {
  return <S extends Shape>(x: Tensor<S>): Tensor<S> => {
    const row = owned(x, asked).shape.slice(1);
    if (x.rank === 0 || row.length !== features.length || row.some((length, axis) => length !== features[axis])) {
      throw new ShapeError(
        `${asked}: the scale was learned from rows of shape ${showShape(features)}, got x of shape ${showShape(x.shape)}. ` +
          `Give the same features, or fit again.`,
      );
    }
    return scale(x.cast('float64')).cast(x.dtype === 'float64' ? 'float64' : 'float32') as Tensor<S>;
  };
}
