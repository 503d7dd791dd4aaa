import { arange } from '../creation.ts';
import { checkNumber, ShapeError } from '../errors.ts';
import { pad } from '../operations/join.ts';
import { checkOptions } from '../options.ts';
import { normalizeAxis, showShape } from '../shape.ts';
import { apply, checkTensor, type Tensor } from '../tensor.ts';
import { where } from '../combination.ts';
import type { SliceRange } from '../methods/view.ts';

/** The options of `diagonal`. */
export interface DiagonalOptions {
  /** How far above the main diagonal; below it where it is negative; 0 unless given. */
  readonly offset?: number;
  /** The two axes of the matrices; the last two unless given. */
  readonly axes?: readonly [number, number];
}

function checkOffset(caller: string, offset: number): void {
  checkNumber(caller, 'offset', offset, Number.isInteger(offset), 'an integer');
}

/**
 * The diagonal of a matrix, or of each matrix of a batch; its axis becomes the last.
 *
 *   y[…, i] = x[…, i, i + offset]
 *
 * @throws ShapeError when x has fewer than two axes, or both axes are one
 * @throws RangeError, TypeError when an option does not fit
 * @example String(diagonal(tensor([[1, 2], [3, 4]])))   // [1. 4.]
 * @see NumPy: diagonal, whose default axes are the first two
 */
export function diagonal(x: Tensor, options: DiagonalOptions = {}): Tensor {
  const { offset = 0, axes = [-2, -1] } = checkOptions('diagonal', options, ['offset', 'axes']);
  checkOffset('diagonal', offset);
  const { rank } = checkTensor(x, 'diagonal');
  if (rank < 2) {
    throw new ShapeError(`diagonal: x needs two axes, got ${showShape(x.shape)}. diag(x) makes a matrix of a vector.`);
  }
  const [row, column] = axes.map((axis) => normalizeAxis(axis, rank, 'diagonal')) as [number, number];
  if (row === column) {
    throw new ShapeError(`diagonal: axes ${showShape(axes)} are one axis of ${showShape(x.shape)}. Name two axes.`);
  }
  const others = [...x.shape.keys()].filter((axis) => axis !== row && axis !== column);
  const [rows, columns] = [x.shape[row]!, x.shape[column]!];
  const length = Math.max(offset < 0 ? Math.min(rows + offset, columns) : Math.min(rows, columns - offset), 0);
  const start = offset < 0 ? -offset * columns : offset;
  // From one element to the next of the diagonal it is a row and a column.
  const flat: Tensor = x
    .permute([...others, row, column])
    .reshape([...others.map((axis) => x.shape[axis]!), rows * columns]);
  const whole = others.map((): SliceRange => []);
  const end = Math.min(start + length * (columns + 1), rows * columns);
  return flat.slice(...whole, length === 0 ? [0, 0] : [start, end, columns + 1]) as Tensor;
}

/**
 * A matrix with the numbers of a vector on its diagonal, and zeros elsewhere; one for each vector along the last axis.
 *
 *   y[…, i, i + offset] = x[…, i]
 *
 * @throws ShapeError when x is a scalar
 * @throws RangeError, TypeError when the offset is no integer
 * @example String(diag(tensor([1, 2])))   // [[1. 0.]\n [0. 2.]]
 * @see NumPy: diag; the diagonal of a matrix is `diagonal` here
 */
export function diag(x: Tensor, options: Pick<DiagonalOptions, 'offset'> = {}): Tensor {
  const { offset = 0 } = checkOptions('diag', options, ['offset']);
  checkOffset('diag', offset);
  const { shape } = checkTensor(x, 'diag');
  if (shape.length === 0) throw new ShapeError('diag: x needs an axis, got a scalar. Write diag(tensor([1, 2])).');
  const lead = shape.slice(0, -1);
  const n = shape.at(-1)! + Math.abs(offset);
  const start = offset < 0 ? -offset * n : offset;
  const ones = lead.map(() => 1);
  const settings = {
    shape: [...lead, n * n],
    starts: [...lead.map(() => 0), start],
    steps: [...ones, n + 1],
    value: 0,
  };
  return apply(pad, [x], settings).reshape([...lead, n, n]) as Tensor;
}

/**
 * The sum of the diagonal of a matrix, or of each matrix of a batch.
 *
 *   y = Σᵢ xᵢᵢ
 *
 * @throws ShapeError when x has fewer than two axes
 * @example String(trace(tensor([[1, 2], [3, 4]])))   // 5.0
 */
export function trace(x: Tensor): Tensor {
  return diagonal(x).sum(-1) as Tensor;
}

/**
 * The lower triangle of a matrix, or of each matrix of a batch: 0 above the diagonal.
 *
 *   y[i, j] = x[i, j] for j ≤ i + offset, otherwise 0
 *
 * @throws ShapeError when x has fewer than two axes
 * @throws RangeError, TypeError when the offset is no integer
 * @example String(tril(tensor([[1, 2], [3, 4]])))   // [[1. 0.]\n [3. 4.]]
 */
export function tril(x: Tensor, options: Pick<DiagonalOptions, 'offset'> = {}): Tensor {
  const { offset = 0 } = checkOptions('tril', options, ['offset']);
  return where(distance('tril', x, offset).lessEqual(0), x, 0) as Tensor;
}

/**
 * The upper triangle of a matrix, or of each matrix of a batch: 0 below the diagonal.
 *
 *   y[i, j] = x[i, j] for j ≥ i + offset, otherwise 0
 *
 * @throws ShapeError when x has fewer than two axes
 * @throws RangeError, TypeError when the offset is no integer
 * @example String(triu(tensor([[1, 2], [3, 4]])))   // [[1. 2.]\n [0. 4.]]
 */
export function triu(x: Tensor, options: Pick<DiagonalOptions, 'offset'> = {}): Tensor {
  const { offset = 0 } = checkOptions('triu', options, ['offset']);
  return where(distance('triu', x, offset).greaterEqual(0), x, 0) as Tensor;
}

/** How far right of a diagonal each element stands, [rows, columns]. */
function distance(caller: string, x: Tensor, offset: number): Tensor {
  checkOffset(caller, offset);
  const { shape } = checkTensor(x, caller);
  if (shape.length < 2)
    throw new ShapeError(`${caller}: x needs two axes, got ${showShape(shape)}. Reshape it to rows.`);
  const [rows, columns] = shape.slice(-2) as [number, number];
  return arange(columns).sub(arange(rows).expandDims(-1)).sub(offset) as Tensor;
}
