import { where } from '../combination.ts';
import { checkNumber, ShapeError } from '../errors.ts';
import { tensor } from '../creation.ts';
import { isFloating } from '../dtype.ts';
import { checkOptions } from '../options.ts';
import { normalizeAxes, showShape } from '../shape.ts';
import { checkTensor, type Tensor } from '../tensor.ts';

/** The options of `norm`. */
export interface NormOptions {
  /** p; 2 unless given. Infinity is the largest absolute value, −Infinity the smallest, 0 the number of elements that are not 0. */
  readonly order?: number;
  /** The axes of the vectors; all unless given. */
  readonly axis?: number | readonly number[];
  /** Whether the axes stay, with length 1; false unless given. */
  readonly keepdims?: boolean;
}

/**
 * The norm of vectors: of all elements, or along some axes.
 *
 *   ‖x‖ₚ = (Σ |x|ᵖ)^(1/p)
 *
 * Over two axes with order 2 it is the Frobenius norm. Where all elements are 0 the gradient is 0. Norms of matrices that need
 * singular values are in '@nn/tensor/linalg'.
 *
 * @throws RangeError, TypeError when the order is no number
 * @throws ShapeError when an axis is out of range
 * @example String(norm(tensor([3, 4])))   // 5.0
 * @example String(norm(tensor([[3, 4], [6, 8]]), { axis: 1 }))   // [ 5. 10.]
 */
export function norm(x: Tensor, options: NormOptions = {}): Tensor {
  const { order = 2, axis, keepdims = false } = checkOptions('norm', options, ['order', 'axis', 'keepdims']);
  checkNumber(
    'norm',
    'order',
    order,
    !Number.isNaN(order),
    'a number',
    'Write Infinity for the largest absolute value.',
  );
  const given = checkTensor(x, 'norm');
  const axes = normalizeAxes(axis, given.rank, 'norm');
  const keep = { keepdims };
  const floating: Tensor = isFloating(given.dtype) ? given : given.cast('float32');
  const sizes: Tensor = floating.abs();
  if (order === Infinity) return sizes.max(axes, keep) as Tensor;
  if (order === -Infinity) return sizes.min(axes, keep) as Tensor;
  if (order === 0) return sizes.notEqual(0).cast(sizes.dtype).sum(axes, keep) as Tensor;
  if (order === 1) return sizes.sum(axes, keep) as Tensor;
  const powers: Tensor = order === 2 ? floating.mul(floating) : sizes.pow(order);
  const sum: Tensor = powers.sum(axes, keep);
  // The derivative of a root is infinite at 0: there the root of 1 is taken instead.
  const isZero: Tensor = sum.equal(0);
  const safe = where(isZero, 1, sum) as Tensor;
  const root: Tensor = order === 2 ? safe.sqrt() : safe.pow(1 / order);
  return where(isZero, 0, root) as Tensor;
}

/**
 * The cosine of the angle between vectors.
 *
 *   y = Σ a · b / max(‖a‖ · ‖b‖, epsilon)
 *
 * @param options.axis     the axis of the vectors; the last unless given
 * @param options.epsilon  the least denominator, so that a vector of zeros gives 0; 1e-8 unless given
 * @throws RangeError, TypeError when epsilon is not positive
 * @example String(cosineSimilarity(tensor([1, 0]), tensor([1, 1])))   // 0.70710677
 */
export function cosineSimilarity(
  a: Tensor,
  b: Tensor,
  options: { readonly axis?: number; readonly epsilon?: number } = {},
): Tensor {
  const { axis = -1, epsilon = 1e-8 } = checkOptions('cosineSimilarity', options, ['axis', 'epsilon']);
  checkNumber('cosineSimilarity', 'epsilon', epsilon, epsilon > 0 && epsilon < Infinity, 'a positive number');
  const product: Tensor = checkTensor(a, 'cosineSimilarity').mul(checkTensor(b, 'cosineSimilarity')).sum(axis);
  return product.div(norm(a, { axis }).mul(norm(b, { axis })).maximum(epsilon));
}

/**
 * The distances between all rows of a and all rows of b.
 *
 *   y[…, i, j] = ‖a[…, i] − b[…, j]‖ₚ
 *
 * @param options.order  p; 2 unless given
 * @returns  [..., rows of a, rows of b]; the gradient of a distance of 0 is 0
 * @throws ShapeError when the rows have different lengths
 * @example String(cdist(tensor([[0, 0]]), tensor([[3, 4], [0, 1]])))   // [[5. 1.]]
 */
export function cdist(a: Tensor, b: Tensor, options: Pick<NormOptions, 'order'> = {}): Tensor {
  const { order = 2 } = checkOptions('cdist', options, ['order']);
  const [x, y] = [checkTensor(a, 'cdist'), checkTensor(b, 'cdist')];
  if (x.rank < 2 || y.rank < 2 || x.shape.at(-1) !== y.shape.at(-1)) {
    throw new ShapeError(
      `cdist: both need rows of one length, got ${showShape(x.shape)} and ${showShape(y.shape)}. Reshape them to rows.`,
    );
  }
  return norm(x.expandDims(-2).sub(y.expandDims(-3)) as Tensor, { order, axis: -1 });
}

/**
 * The distances between all pairs of rows, i < j, row by row.
 *
 * @param x              [rows, numbers]
 * @param options.order  p; 2 unless given
 * @returns  [rows · (rows − 1) / 2]
 * @throws ShapeError when x is not [rows, numbers]
 * @example String(pdist(tensor([[0, 0], [3, 4], [0, 1]])))   // [5.        1.        4.2426405]
 */
export function pdist(x: Tensor, options: Pick<NormOptions, 'order'> = {}): Tensor {
  const { order = 2 } = checkOptions('pdist', options, ['order']);
  const { shape } = checkTensor(x, 'pdist');
  if (shape.length !== 2)
    throw new ShapeError(`pdist: x must be [rows, numbers], got ${showShape(shape)}. Reshape it.`);
  const rows = shape[0]!;
  const pairs = Array.from({ length: rows }, (_, i) =>
    Array.from({ length: rows - 1 - i }, (__, at) => [i, i + 1 + at]),
  ).flat();
  const chosen = (side: 0 | 1): Tensor => {
    const indices = tensor(
      pairs.map((pair) => pair[side]!),
      { dtype: 'int32' },
    ).reshape([pairs.length]);
    return x.take(indices, 0) as Tensor;
  };
  return norm(chosen(0).sub(chosen(1)), { order, axis: -1 });
}
