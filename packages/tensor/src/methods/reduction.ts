import { isFloating } from '../dtype.ts';
import type { Reduce, Search } from '../operation.ts';
import { all, any, argmax, argmin, max, min, prod, sum } from '../operations/reduce.ts';
import { normalizeAxes, normalizeAxis, reducedShape, type Shape, sizeOf } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { ViewMethods } from './view.ts';

/** Which axes to reduce: one, several, or all when none is named. Negative axes count from the end. */
export type Axis = number | readonly number[];

/** Whether reduced axes stay, with length 1. */
export interface Keep {
  readonly keepdims?: boolean;
}

/** Many elements into one, along the axes that are named, or along all of them. */
export abstract class ReductionMethods<S extends Shape> extends ViewMethods<S> {
  #reduce(operation: Reduce, axis: Axis | undefined, { keepdims = false }: Keep): Tensor {
    return this.apply(operation, [this], {
      axes: normalizeAxes(axis, this.rank, operation.name),
      keepdims,
    });
  }

  #search(operation: Search, axis: number | undefined, { keepdims = false }: Keep): Tensor {
    if (axis === undefined) {
      const place = this.apply(operation, [this.reshape([-1])], { axis: 0, keepdims: false });
      return keepdims ? place.reshape(this.shape.map(() => 1)) : place;
    }
    const named = normalizeAxis(axis, this.rank, operation.name);
    return this.apply(operation, [this], { axis: named, keepdims });
  }

  /**
   * Σ a: pairwise along the innermost axis, so that long sums keep their digits. The sum of nothing is 0.
   *
   * @example String(tensor([[1, 2], [3, 4]]).sum(0))   // [4. 6.]
   */
  sum(axis?: Axis, keep: Keep = {}): Tensor {
    return this.#reduce(sum, axis, keep);
  }

  /**
   * Σ a / n. Whole numbers and booleans are averaged in float64, as in NumPy. The mean of nothing is NaN.
   *
   * @example String(tensor([[1, 2], [3, 4]]).mean(1))   // [1.5 3.5]
   */
  mean(axis?: Axis, keep: Keep = {}): Tensor {
    const axes = normalizeAxes(axis, this.rank, 'mean');
    const count = sizeOf(axes.map((one) => this.shape[one]!));
    return (isFloating(this.dtype) ? this : this.cast('float64')).sum(axes, keep).div(count);
  }

  /**
   * The largest element; NaN if there is one.
   *
   * @throws ShapeError when there is nothing along the axis
   * @example String(tensor([[1, 2], [3, 4]]).max())   // 4.0
   */
  max(axis?: Axis, keep: Keep = {}): Tensor {
    return this.#reduce(max, axis, keep);
  }

  /**
   * The smallest element; NaN if there is one.
   *
   * @throws ShapeError when there is nothing along the axis
   * @example String(tensor([[1, 2], [3, 4]]).min(0))   // [1. 2.]
   */
  min(axis?: Axis, keep: Keep = {}): Tensor {
    return this.#reduce(min, axis, keep);
  }

  /**
   * Π a. The product of nothing is 1.
   *
   * @example String(tensor([2, 3, 4]).prod())   // 24.0
   */
  prod(axis?: Axis, keep: Keep = {}): Tensor {
    return this.#reduce(prod, axis, keep);
  }

  /**
   * Is any element true (not 0)?
   *
   * @example String(tensor([0, 1]).any())   // True
   */
  any(axis?: Axis, keep: Keep = {}): Tensor {
    return this.#reduce(any, axis, keep);
  }

  /**
   * Are all elements true (not 0)?
   *
   * @example String(tensor([0, 1]).all())   // False
   */
  all(axis?: Axis, keep: Keep = {}): Tensor {
    return this.#reduce(all, axis, keep);
  }

  /**
   * The place of the largest element, the first of equals; without an axis its place in row-major order.
   *
   * @throws ShapeError when there is nothing along the axis
   * @example String(tensor([[1, 5], [7, 7]]).argmax(1))   // [1 0]
   */
  argmax(axis?: number, keep: Keep = {}): Tensor {
    return this.#search(argmax, axis, keep);
  }

  /**
   * The place of the smallest element, the first of equals; without an axis its place in row-major order.
   *
   * @throws ShapeError when there is nothing along the axis
   * @example String(tensor([[1, 5], [7, 7]]).argmin(1))   // [0 0]
   */
  argmin(axis?: number, keep: Keep = {}): Tensor {
    return this.#search(argmin, axis, keep);
  }

  /**
   * Σ (a − mean)² / (n − correction), in two passes, so that a large mean takes no digits away.
   *
   * @param correction  0 for the variance of the data (NumPy’s default), 1 for an estimate from a sample
   * @example String(tensor([1, 2, 3, 4]).var())   // 1.25
   */
  var(axis?: Axis, { keepdims = false, correction = 0 }: Keep & { readonly correction?: number } = {}): Tensor {
    const axes = normalizeAxes(axis, this.rank, 'var');
    const count = sizeOf(axes.map((one) => this.shape[one]!));
    const apart = this.sub(this.mean(axes, { keepdims: true }));
    return apart.mul(apart).sum(axes, { keepdims }).div(Math.max(count - correction, 0));
  }

  /**
   * √variance.
   *
   * @param correction  0 for the deviation of the data (NumPy’s default), 1 for an estimate from a sample
   * @example String(tensor([1, 2, 3, 4]).std())   // 1.118034
   */
  std(axis?: Axis, settings: Keep & { readonly correction?: number } = {}): Tensor {
    return this.var(axis, settings).sqrt();
  }

  /**
   * ln Σ eᵃ, shifted by the largest element so that it cannot overflow.
   *
   * @example String(tensor([1000, 1000]).logSumExp())   // 1000.6931
   */
  logSumExp(axis?: Axis, { keepdims = false }: Keep = {}): Tensor {
    const axes = normalizeAxes(axis, this.rank, 'logSumExp');
    const largest = this.max(axes, { keepdims: true }).detach();
    // An infinite maximum cannot be subtracted from itself.
    const shift = largest.abs().notEqual(Infinity).where(largest, 0);
    const sums = this.sub(shift).exp().sum(axes, { keepdims });
    return sums.log().add(shift.reshape(reducedShape(this.shape, axes, keepdims)));
  }

  /**
   * The inverse of broadcasting: the sum over every axis along which `shape` would be stretched to this tensor’s shape.
   *
   * @example String(tensor([[1, 2], [3, 4]]).sumTo([2]))   // [4. 6.]
   */
  sumTo(shape: Shape): Tensor {
    const lead = this.rank - shape.length;
    const stretched = this.shape.flatMap((length, axis) =>
      axis < lead || (shape[axis - lead] === 1 && length !== 1) ? [axis] : [],
    );
    if (stretched.length === 0) return this as unknown as Tensor;
    return this.sum(stretched).reshape(shape);
  }
}
