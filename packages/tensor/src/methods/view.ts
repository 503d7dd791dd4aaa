import { ShapeError } from '../errors.ts';
import { slice } from '../operations/join.ts';
import { detach, expand, permute, reshape } from '../operations/view.ts';
import {
  checkList,
  copyShape,
  normalizeAxes,
  normalizeAxis,
  normalizeIndex,
  reducedShape,
  sameShape,
  type Shape,
  showShape,
  sizeOf,
} from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import type {
  Along,
  Axes,
  ExpandDims,
  Inserting,
  Permute,
  Permuting,
  Row,
  Slice,
  Squeeze,
  Squeezing,
  Transpose,
  TransposeLast,
} from '../types/axes.ts';
import type { Fits } from '../types/broadcast.ts';
import type { Expanding, Reshape, Reshaping } from '../types/reshape.ts';
import { ElementwiseMethods } from './elementwise.ts';

/** One end of a range: negative ends count from the end of the axis, `null` means the whole rest of the axis. */
export type SliceBound = number | null;

/** The part of one axis that a slice takes: an index (the axis is removed), or [start, stop, step] as in NumPy; `[]` means all. */
export type SliceRange = number | readonly [start?: SliceBound, stop?: SliceBound, step?: number];

/** Methods that return the same elements with another shape or in another order. */
export abstract class ViewMethods<S extends Shape> extends ElementwiseMethods<S> {
  /**
   * The same elements, in row-major order, with another shape. One length may be −1: it is computed from the others.
   *
   * @throws ShapeError when the numbers of elements differ
   * @example String(tensor([1, 2, 3, 4]).reshape([2, -1]))   // [[1. 2.]\n [3. 4.]]
   */
  reshape<A extends Shape, const To extends Shape | []>(
    this: Tensor<A>,
    shape: Fits<Reshaping<A, To>, To, To>,
  ): Tensor<Reshape<A, To>> {
    const wanted: Shape = copyShape(checkList(shape as Shape, 'reshape'));
    const inferred = wanted.indexOf(-1);
    const length = inferred < 0 ? -1 : this.size / sizeOf(wanted.with(inferred, 1));
    return this.apply(reshape, [this], {
      shape: length >= 0 && length % 1 === 0 ? wanted.with(inferred, length) : wanted,
    });
  }

  /**
   * The axes in another order: axis i of the result is axis axes[i] of this tensor. The elements are not copied.
   *
   * @throws ShapeError when an axis is missing or listed twice
   * @example String(tensor([[1, 2], [3, 4]]).permute([1, 0]))   // [[1. 3.]\n [2. 4.]]
   */
  permute<A extends Shape, const Order extends Shape | []>(
    this: Tensor<A>,
    axes: Fits<Permuting<A, Order>, Order, Order>,
  ): Tensor<Permute<A, Order>> {
    const order = checkList(axes as Shape, 'permute').map((axis) => normalizeAxis(axis, this.rank, 'permute'));
    return this.apply(permute, [this], { axes: order });
  }

  /**
   * The axes in reverse order. Of a matrix this is the transpose.
   *
   * @example String(tensor([[1, 2], [3, 4]]).transpose())   // [[1. 3.]\n [2. 4.]]
   */
  transpose(): Tensor<Transpose<S>> {
    return this.apply(permute, [this], { axes: [...this.shape.keys()].reverse() });
  }

  /** The axes in reverse order. Of a matrix this is the transpose. */
  get T(): Tensor<Transpose<S>> {
    return this.transpose();
  }

  /**
   * Each matrix of a batch transposed: the last two axes are swapped.
   *
   * @throws ShapeError when there are fewer than two axes
   */
  get mT(): Tensor<TransposeLast<S>> {
    const axes = [...this.shape.keys()];
    const last = normalizeAxis(-1, this.rank, 'mT');
    const before = normalizeAxis(-2, this.rank, 'mT');
    return this.apply(permute, [this], { axes: axes.with(before, last).with(last, before) });
  }

  /**
   * Axes of length 1 repeated, and new leading axes, without a copy. (NumPy: broadcast_to.)
   *
   * @throws ShapeError when a length that is not 1 would change
   * @example String(tensor([1, 2]).expand([2, 2]))   // [[1. 2.]\n [1. 2.]]
   */
  expand<A extends Shape, const To extends Shape | []>(
    this: Tensor<A>,
    shape: Fits<Expanding<A, To>, To, To>,
  ): Tensor<To> {
    if (sameShape(this.shape, checkList(shape, 'expand'))) return this as Tensor as Tensor<To>;
    return this.apply(expand, [this], { shape: copyShape(shape as Shape) });
  }

  /**
   * Without the axes of length 1, or without the listed ones.
   *
   * @throws ShapeError when a listed axis has another length
   * @example String(tensor([[1], [2]]).squeeze(1))   // [1. 2.]
   */
  squeeze<A extends Shape, const At extends Axes = undefined>(
    this: Tensor<A>,
    axis?: Fits<Squeezing<A, At>, At, At>,
  ): Tensor<Squeeze<A, At>> {
    const axes = normalizeAxes(axis, this.rank, 'squeeze').filter((one) => axis !== undefined || this.shape[one] === 1);
    const wrong = axes.find((one) => this.shape[one] !== 1);
    if (wrong !== undefined) {
      throw new ShapeError(
        `squeeze: axis ${wrong} of ${showShape(this.shape)} has length ${this.shape[wrong]}, not 1. Use slice or a reduction.`,
      );
    }
    return this.apply(reshape, [this], { shape: reducedShape(this.shape, axes, false) });
  }

  /**
   * With a new axis of length 1, which is axis `axis` of the result.
   *
   * @example String(tensor([1, 2]).expandDims(1))   // [[1.]\n [2.]]
   */
  expandDims<A extends Shape, const At extends number>(
    this: Tensor<A>,
    axis: Fits<Inserting<A, At>, At, At>,
  ): Tensor<ExpandDims<A, At>> {
    const position = normalizeAxis(axis, this.rank + 1, 'expandDims');
    return this.apply(reshape, [this], { shape: this.shape.toSpliced(position, 0, 1) });
  }

  /**
   * A part of the tensor: `x.slice([1, 3], [null, null, -1], 0)` is `x[1:3, ::-1, 0]` in NumPy. Missing ranges mean
   * whole axes; ends beyond the axis are clipped. The elements are not copied.
   *
   * @throws ShapeError when an index is out of bounds, a step is 0, or there are more ranges than axes
   * @example String(tensor([1, 2, 3, 4]).slice([null, null, -2]))   // [4. 2.]
   */
  slice<A extends Shape, const Ranges extends readonly SliceRange[]>(
    this: Tensor<A>,
    ...ranges: Ranges
  ): Tensor<Slice<A, Ranges>> {
    ranges.forEach((_, axis) => normalizeAxis(axis, this.rank, 'slice'));
    const taken = this.shape.map((length, axis) => resolveRange(ranges[axis] ?? [], length, axis));
    const part = this.apply(slice, [this], {
      starts: taken.map(({ start }) => start),
      steps: taken.map(({ step }) => step),
      counts: taken.map(({ count }) => count),
    });
    const kept = part.shape.filter((_, axis) => typeof ranges[axis] !== 'number');
    return (kept.length === part.rank ? part : part.reshape(kept)) as Tensor<Slice<A, Ranges>>;
  }

  /**
   * The elements in reverse order along the listed axes, or along all.
   *
   * @example String(tensor([1, 2, 3]).flip())   // [3. 2. 1.]
   */
  flip<A extends Shape, const At extends Axes = undefined>(this: Tensor<A>, axis?: Along<A, At>): Tensor<A> {
    const axes = normalizeAxes(axis, this.rank, 'flip');
    return this.slice(
      ...this.shape.map((_, at): SliceRange => (axes.includes(at) ? [null, null, -1] : [])),
    ) as Tensor as Tensor<A>;
  }

  /** Iterates over the first axis: `for (const row of x)`. */
  *[Symbol.iterator](): IterableIterator<Tensor<Row<S>>> {
    normalizeAxis(0, this.rank, 'rows');
    const x = this as unknown as Tensor;
    for (let row = 0; row < x.shape[0]!; row++) yield x.slice(row) as Tensor<Row<S>>;
  }

  /**
   * The same elements as a constant: gradients do not flow back through the result.
   *
   * @example gradients(watch(tensor(3)).detach().add(watch(tensor(1))), []).length   // 0
   */
  detach(): Tensor<S> {
    return this.apply(detach, [this], undefined);
  }
}

/** The start, step and number of elements of a range along an axis of a length. */
function resolveRange(range: SliceRange, length: number, axis: number): { start: number; step: number; count: number } {
  if (typeof range === 'number') {
    return { start: normalizeIndex(range, axis, length, 'slice'), step: 1, count: 1 };
  }
  const step = range?.[2] ?? 1;
  if (
    !Array.isArray(range) ||
    range.length > 3 ||
    step === 0 ||
    ![range[0] ?? 0, range[1] ?? 0, step].every(Number.isInteger)
  ) {
    throw new ShapeError(
      `slice: a range must be [start, stop, step], integers with a step other than 0, got ${JSON.stringify(range)}. ` +
        `Use null for an open end.`,
    );
  }
  const [lowest, highest] = step > 0 ? [0, length] : [-1, length - 1];
  const resolve = (bound: SliceBound | undefined, whenOpen: number): number =>
    bound === undefined || bound === null
      ? whenOpen
      : Math.min(Math.max(bound < 0 ? bound + length : bound, lowest), highest);
  const start = resolve(range[0], step > 0 ? lowest : highest);
  const stop = resolve(range[1], step > 0 ? highest : lowest);
  const count = Math.max(Math.ceil((stop - start) / step), 0);
  return { start: count === 0 ? 0 : start, step, count };
}
