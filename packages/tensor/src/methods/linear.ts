import { noTensor, ShapeError } from '../errors.ts';
import { gather, scatterAdd } from '../operations/gather.ts';
import { checkFactors, matmul } from '../operations/matmul.ts';
import { normalizeAxis, type Shape, showShape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import type { Take, Taking } from '../types/axes.ts';
import type { Dot, Dotting, Fits, MatMul, Multiplying } from '../types/broadcast.ts';
import { ReductionMethods } from './reduction.ts';

/** Products of vectors and matrices, and indexing with tensors of indices. */
export abstract class LinearMethods<S extends Shape> extends ReductionMethods<S> {
  /**
   * yᵢⱼ = Σₖ aᵢₖ · bₖⱼ: [..., m, k] × [..., k, n] → [..., m, n]. Batch axes are broadcast. A vector on the left is a
   * row, on the right a column, and its axis is removed from the result. Sums are accumulated in float64 and rounded once.
   *
   * @throws ShapeError when the columns of the first differ from the rows of the second
   * @example String(tensor([[1, 2], [3, 4]]).matmul(tensor([[1], [10]])))   // [[21.]\n [43.]]
   */
  matmul<A extends Shape, B extends Shape>(
    this: Tensor<A>,
    other: Fits<Multiplying<A, B>, B, Tensor<B>>,
  ): Tensor<MatMul<A, B>> {
    const [a, b]: readonly [Tensor, Tensor] = [this, shaped(other as Tensor, 'matmul')];
    if (a.rank === 0 || b.rank === 0) {
      throw new ShapeError(
        `matmul: both operands must have at least one axis, got ${showShape(a.shape)} and ${showShape(b.shape)}. Use mul for a scalar.`,
      );
    }
    // Before a vector becomes a matrix, so that the error shows its own shape.
    checkFactors(a.shape, b.shape);
    if (a.rank === 1)
      return a
        .expandDims(0)
        .matmul(b)
        .squeeze(b.rank === 1 ? -1 : -2) as Tensor<MatMul<A, B>>;
    if (b.rank === 1) return a.matmul(b.expandDims(1)).squeeze(-1) as Tensor<MatMul<A, B>>;
    return this.apply(matmul, [a, b], undefined);
  }

  /**
   * NumPy’s dot: the inner product of vectors, the product of matrices, the multiple by a scalar. Otherwise the last axis of
   * the first is contracted with the last but one of the second.
   *
   * @throws ShapeError when those two axes differ in length
   * @example String(tensor([1, 2, 3]).dot(tensor([4, 5, 6])))   // 32.0
   */
  dot<A extends Shape, B extends Shape = []>(
    this: Tensor<A>,
    other: Fits<Dotting<A, B>, B, Tensor<B> | number>,
  ): Tensor<Dot<A, B>> {
    const a = this as Tensor;
    const b = other as Tensor | number;
    if (typeof b === 'number' || a.rank === 0 || shaped(b, 'dot').rank === 0) return a.mul(b) as Tensor<Dot<A, B>>;
    if (b.rank <= 2) return a.matmul(b) as Tensor<Dot<A, B>>;
    // Each row of the first is multiplied with every matrix of the second.
    const rows = a.reshape([...a.shape.slice(0, -1), ...b.shape.slice(1).map(() => 1), a.shape.at(-1)!]);
    return rows.matmul(b).squeeze(-2) as Tensor<Dot<A, B>>;
  }

  /**
   * The elements at `indices` along one axis: for axis 1, y[i, j] = x[i, indices[i, j]].
   * (NumPy: take_along_axis.)
   *
   * @param indices  int32, 0 … length − 1, with the shape of this tensor except along the axis
   * @throws ShapeError when an index is out of range
   * @example String(tensor([[1, 2], [3, 4]]).gather(tensor([[1], [0]], { dtype: 'int32' }), 1))   // [[2.]\n [3.]]
   */
  gather<I extends Shape>(indices: Tensor<I>, axis: number): Tensor<I> {
    const along = normalizeAxis(axis, this.rank, 'gather');
    return this.apply(gather, [this, indices], { axis: along });
  }

  /**
   * Whole rows (or columns, …) by index. The axis is replaced by the shape of `indices`. (NumPy: take.)
   *
   * @param indices  int32 of any shape, 0 … length − 1
   * @throws ShapeError when an index is out of range
   * @example String(tensor([[1, 2], [3, 4]]).take(tensor([1, 1], { dtype: 'int32' }), 0))   // [[3. 4.]\n [3. 4.]]
   */
  take<A extends Shape, I extends Shape, const At extends number>(
    this: Tensor<A>,
    indices: Tensor<I>,
    axis: Fits<Taking<A, At, I>, At, At>,
  ): Tensor<Take<A, At, I>> {
    const along = normalizeAxis(axis, this.rank, 'take');
    const { size, shape } = shaped(indices, 'take');
    const expanded: Shape = this.shape.map((length, at) => (at === along ? size : length));
    const repeated = indices.reshape(this.shape.map((_, at) => (at === along ? size : 1))).expand(expanded);
    const rows: Tensor = this.apply(gather, [this, repeated], { axis: along });
    return rows.reshape(this.shape.toSpliced(along, 1, ...shape)) as Tensor<Take<A, At, I>>;
  }

  /**
   * This tensor with the elements of `source` added at `indices` along one axis: for axis 1,
   * y[i, indices[i, j]] += source[i, j]. Elements at equal indices are all added. (PyTorch: scatter_add.)
   *
   * @param indices  int32, 0 … length − 1, with the shape of this tensor except along the axis
   * @param source   the elements to add, with the shape of `indices`
   * @throws ShapeError when an index is out of range
   * @example String(tensor([0, 0, 0]).scatterAdd(tensor([2, 2], { dtype: 'int32' }), tensor([1, 5]), 0))   // [0. 0. 6.]
   */
  scatterAdd(indices: Tensor, source: Tensor, axis: number): Tensor<S> {
    const along = normalizeAxis(axis, this.rank, 'scatterAdd');
    return this.apply(scatterAdd, [this, indices, source], { axis: along });
  }
}

/** Returns the value if it has a shape. A tensor of another copy of the package is refused where it is used. */
function shaped(value: Tensor, caller: string): Tensor {
  if (Array.isArray((value as Tensor | null | undefined)?.shape)) return value;
  throw noTensor(value, caller);
}
