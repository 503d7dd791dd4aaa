import { checkNumber, checkOptions, type LayerCall, normalizeAxis, type Shape, type Tensor } from '@nn/tensor';

/** The options of `normalize`. */
export interface NormalizeOptions extends LayerCall {
  /** The order p of the norm, from 1 to Infinity; 2 unless given. */
  readonly order?: number;
  /** The axis along which vectors lie; the last unless given. Negative axes count from the end. */
  readonly axis?: number;
  /** The least number that is divided by; 1e-12 unless given. */
  readonly epsilon?: number;
}

/**
 * Vectors of length 1.
 *
 *   y = x / max(‖x‖ₚ, epsilon),   ‖x‖ₚ = (Σ |x|ᵖ)^(1/p)      p is `order`
 *
 * It has no variables, so it is a plain function: write `normalize` among layers, not `normalize()`.
 *
 * @param x  any shape with the axis
 * @returns  numbers of the shape of x
 * @throws RangeError, TypeError when an option does not fit
 * @throws ShapeError when the axis does not exist
 * @example String(normalize(tensor([[3, 4]])))   // [[0.6 0.8]]
 */
export function normalize<S extends Shape>(x: Tensor<S>, options: NormalizeOptions = {}): Tensor<S> {
  const given = checkOptions('normalize', options, ['order', 'axis', 'epsilon', 'training']);
  const { order = 2, axis = -1, epsilon = 1e-12 } = given;
  checkNumber('normalize', 'order', order, order >= 1, 'a number from 1 to Infinity');
  checkNumber('normalize', 'epsilon', epsilon, epsilon > 0 && epsilon < Infinity, 'a finite number above 0');
  const along = normalizeAxis(axis, x.rank, 'normalize');
  return x.div(lengths(x as unknown as Tensor, order, along, epsilon)) as unknown as Tensor<S>;
}

function lengths(x: Tensor, order: number, axis: number, epsilon: number): Tensor {
  const kept = { keepdims: true };
  if (order === Infinity) return (x.abs().max(axis, kept) as Tensor).maximum(epsilon);
  if (order === 1) return (x.abs().sum(axis, kept) as Tensor).maximum(epsilon);
  // The maximum is taken before the root, whose gradient at 0 is infinite.
  if (order === 2) {
    return (x.mul(x).sum(axis, kept) as Tensor).maximum(epsilon ** 2).sqrt();
  }
  return ((x.abs().pow(order) as Tensor).sum(axis, kept) as Tensor).maximum(epsilon ** order).pow(1 / order) as Tensor;
}
