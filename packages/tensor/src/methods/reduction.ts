import { type DType, isFloating } from '../dtype.ts';
import type { ReduceOperation, SearchOperation } from '../operation.ts';
import { reductions } from '../operations/reduce.ts';
import { argmax, argmin } from '../operations/search.ts';
import { checkOptions } from '../options.ts';
import { checkShape, checkBroadcastsTo, normalizeAxes, normalizeAxis, sameShape, type Shape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import type { Along, AlongOne, Axes, Reduce } from '../types/axes.ts';
import { withMethods } from './tensor-base.ts';
import { ViewMethods } from './view.ts';

/** The axes to reduce: one, several, or all when there is none. Negative axes count from the end. */
export type Axis = number | readonly number[];

/** The options of reductions. */
export interface ReductionOptions<Kept extends boolean = boolean> {
  readonly keepdims?: Kept;
}

/** The method of each operation in the table `reductions`. */
interface Reductions {
  /**
   * Σ a. Summation is pairwise, so that the rounding error of long sums stays small. The sum of no elements is 0.
   *
   * @example String(tensor([[1, 2], [3, 4]]).sum(0))   // [4. 6.]
   */
  sum<A extends Shape, const At extends Axes = undefined, Kept extends boolean = false>(
    this: Tensor<A>,
    axis?: Along<A, At>,
    keep?: ReductionOptions<Kept>,
  ): Tensor<Reduce<A, At, Kept>>;

  /**
   * Π a. The product of no elements is 1.
   *
   * @example String(tensor([[1, 2], [3, 4]]).prod(0))   // [3. 8.]
   */
  prod<A extends Shape, const At extends Axes = undefined, Kept extends boolean = false>(
    this: Tensor<A>,
    axis?: Along<A, At>,
    keep?: ReductionOptions<Kept>,
  ): Tensor<Reduce<A, At, Kept>>;

  /**
   * The largest element; NaN if an element is NaN.
   *
   * @throws ShapeError when the axis has length 0
   * @example String(tensor([[1, 2], [3, 4]]).max())   // 4.0
   */
  max<A extends Shape, const At extends Axes = undefined, Kept extends boolean = false>(
    this: Tensor<A>,
    axis?: Along<A, At>,
    keep?: ReductionOptions<Kept>,
  ): Tensor<Reduce<A, At, Kept>>;

  /**
   * The smallest element; NaN if an element is NaN.
   *
   * @throws ShapeError when the axis has length 0
   * @example String(tensor([[1, 2], [3, 4]]).min(0))   // [1. 2.]
   */
  min<A extends Shape, const At extends Axes = undefined, Kept extends boolean = false>(
    this: Tensor<A>,
    axis?: Along<A, At>,
    keep?: ReductionOptions<Kept>,
  ): Tensor<Reduce<A, At, Kept>>;

  /**
   * Whether any element is true (not 0).
   *
   * @example String(tensor([0, 1]).any())   // True
   */
  any<A extends Shape, const At extends Axes = undefined, Kept extends boolean = false>(
    this: Tensor<A>,
    axis?: Along<A, At>,
    keep?: ReductionOptions<Kept>,
  ): Tensor<Reduce<A, At, Kept>>;

  /**
   * Whether all elements are true (not 0).
   *
   * @example String(tensor([0, 1]).all())   // False
   */
  all<A extends Shape, const At extends Axes = undefined, Kept extends boolean = false>(
    this: Tensor<A>,
    axis?: Along<A, At>,
    keep?: ReductionOptions<Kept>,
  ): Tensor<Reduce<A, At, Kept>>;
}

/** Methods composed of reductions. */
abstract class ComposedReductions<S extends Shape> extends ViewMethods<S> {
  /**
   * The index of the largest element along an axis, the first of equals, as int32. Without an axis the index in
   * row-major order. NaN counts as the largest.
   *
   * @throws ShapeError when the axis has length 0
   * @example String(tensor([[1, 5], [7, 7]]).argmax(1))   // [1 0]
   */
  argmax<A extends Shape, const At extends number | undefined = undefined, Kept extends boolean = false>(
    this: Tensor<A>,
    axis?: AlongOne<A, At>,
    keep?: ReductionOptions<Kept>,
  ): Tensor<Reduce<A, At, Kept>> {
    return search(argmax, this, axis as number | undefined, keep) as Tensor<Reduce<A, At, Kept>>;
  }

  /**
   * The index of the smallest element along an axis, the first of equals, as int32. Without an axis the index in
   * row-major order. NaN counts as the smallest.
   *
   * @throws ShapeError when the axis has length 0
   * @example String(tensor([[1, 5], [7, 7]]).argmin(1))   // [0 0]
   */
  argmin<A extends Shape, const At extends number | undefined = undefined, Kept extends boolean = false>(
    this: Tensor<A>,
    axis?: AlongOne<A, At>,
    keep?: ReductionOptions<Kept>,
  ): Tensor<Reduce<A, At, Kept>> {
    return search(argmin, this, axis as number | undefined, keep) as Tensor<Reduce<A, At, Kept>>;
  }

  /**
   * Σ a / n. Integers and booleans are averaged in float64, as in NumPy. The mean of no elements is NaN.
   *
   * @example String(tensor([[1, 2], [3, 4]]).mean(1))   // [1.5 3.5]
   */
  mean<A extends Shape, const At extends Axes = undefined, Kept extends boolean = false>(
    this: Tensor<A>,
    axis?: Along<A, At>,
    keep: ReductionOptions<Kept> = {},
  ): Tensor<Reduce<A, At, Kept>> {
    checkOptions('mean', keep, ['keepdims']);
    const x: Tensor = isFloating(this.dtype) ? this : this.cast(this.dtype === 'float16' ? 'float32' : 'float64');
    const axes = normalizeAxes(axis as Axes, x.rank, 'mean');
    const sum: Tensor = x.sum(axes, keep);
    return sum.div(x.size / sum.size) as Tensor as Tensor<Reduce<A, At, Kept>>;
  }

  /**
   * Σ (a − mean)² / (n − correction), in two passes, so that a large mean costs no precision.
   *
   * @param correction  0 for the variance of the data (NumPy’s default), 1 for an estimate from a sample
   * @example String(tensor([1, 2, 3, 4]).var())   // 1.25
   */
  var<A extends Shape, const At extends Axes = undefined, Kept extends boolean = false>(
    this: Tensor<A>,
    axis?: Along<A, At>,
    options: ReductionOptions<Kept> & { readonly correction?: number } = {},
  ): Tensor<Reduce<A, At, Kept>> {
    const { keepdims = false as Kept, correction = 0 } = checkOptions('var', options, ['keepdims', 'correction']);
    const x = this as Tensor;
    const axes = normalizeAxes(axis as Axes, x.rank, 'var');
    const difference = x.sub(x.mean(axes, { keepdims: true }));
    const sum: Tensor = difference.mul(difference).sum(axes, { keepdims });
    return sum.div(Math.max(x.size / sum.size - correction, 0)) as Tensor as Tensor<Reduce<A, At, Kept>>;
  }

  /**
   * √variance. Its gradient is 0 where the variance is 0, as in PyTorch.
   *
   * @param correction  0 for the standard difference of the data (NumPy’s default), 1 for an estimate from a sample
   * @example String(tensor([1, 2, 3, 4]).std())   // 1.118034
   */
  std<A extends Shape, const At extends Axes = undefined, Kept extends boolean = false>(
    this: Tensor<A>,
    axis?: Along<A, At>,
    options: ReductionOptions<Kept> & { readonly correction?: number } = {},
  ): Tensor<Reduce<A, At, Kept>> {
    checkOptions('std', options, ['keepdims', 'correction']);
    normalizeAxes(axis as Axes, this.rank, 'std');
    const variance = this.var(axis, options) as Tensor;
    // The derivative of √v at 0 is infinite. There the root of 1 is computed instead, and replaced by 0.
    const none = variance.equal(0);
    return none.where(0, none.where(1, variance).sqrt()) as Tensor<Reduce<A, At, Kept>>;
  }

  /**
   * The sum over every axis along which `shape` is broadcast to the shape of this tensor. It is the gradient of `expand`.
   *
   * @example String(tensor([[1, 2], [3, 4]]).sumTo([2]))   // [4. 6.]
   */
  sumTo<const To extends Shape | []>(shape: To): Tensor<To> {
    const x = this as unknown as Tensor;
    const to: Shape = checkShape(shape, 'sumTo');
    if (sameShape(x.shape, to)) return x as Tensor<To>;
    checkBroadcastsTo(to, x.shape, 'sumTo');
    const lead = x.rank - to.length;
    const stretched = x.shape.flatMap((length, axis) => (to[axis - lead] === length ? [] : [axis]));
    return x.sum(stretched).reshape(to) as Tensor<To>;
  }
}

/** Applies `argmax` or `argmin` along one axis, or over all elements in row-major order. */
function search(
  operation: SearchOperation,
  x: Tensor,
  axis: number | undefined,
  options: ReductionOptions = {},
): Tensor {
  const { keepdims = false } = checkOptions(operation.name, options, ['keepdims']);
  if (axis !== undefined) {
    return x.apply(operation, [x], { axis: normalizeAxis(axis, x.rank, operation.name), keepdims });
  }
  const flat: Tensor = x.reshape([-1]);
  const index: Tensor = x.apply(operation, [flat], { axis: 0, keepdims: false });
  return index.reshape(keepdims ? x.shape.map(() => 1) : []);
}

/** The method of a reduction. */
function reduce(operation: ReduceOperation) {
  return function (this: Tensor, axis: Axes, options: ReductionOptions = {}): Tensor {
    const { keepdims = false } = checkOptions(operation.name, options, ['keepdims']);
    return this.apply(operation, [this], { axes: normalizeAxes(axis, this.rank, operation.name), keepdims });
  };
}

/** The reductions of a tensor, along some axes or along all of them. */
export const ReductionMethods: abstract new <S extends Shape>(
  shape: S,
  dtype: DType,
) => ComposedReductions<S> & Reductions = /* @__PURE__ */ withMethods(
  ComposedReductions,
  Object.values(reductions),
  reduce,
);
