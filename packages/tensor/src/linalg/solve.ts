import { tril, triu } from '../arrays/diagonals.ts';
import { ShapeError } from '../errors.ts';
import type { MatrixOperation } from '../operation.ts';
import { checkOptions } from '../options.ts';
import { showShape } from '../shape.ts';
import { apply, checkTensor, type Tensor } from '../tensor.ts';
import { eliminate } from './elimination.ts';
import { checkMatrix, checkSquare, matrixOperation, sameBatch, times, unpacked } from './matrix-operation.ts';

function singular(caller: string, column: number): RangeError {
  return new RangeError(
    `${caller}: the matrix is singular: elimination finds no pivot in column ${column}. ` +
      `Use pseudoInverse, or add a small multiple of the identity.`,
  );
}

/** Solves A · X = B by elimination, where `a` and `x` are overwritten and x holds B before and X after. */
function solveInPlace(caller: string, a: Float64Array, x: Float64Array, n: number, columns: number): void {
  const { order } = eliminate(a, n, n, true);
  const b = x.slice();
  for (let row = 0; row < n; row++) {
    if (a[row * n + row] === 0) throw singular(caller, row);
    for (let column = 0; column < columns; column++) x[row * columns + column] = b[order[row]! * columns + column]!;
  }
  substitute(a, x, n, columns, false, true);
  substitute(a, x, n, columns, true, false);
}

/** Solves T · X = B for a triangle T of a matrix, where x holds B before and X after. */
function substitute(
  t: Float64Array,
  x: Float64Array,
  n: number,
  columns: number,
  upper: boolean,
  unitDiagonal: boolean,
): void {
  for (let step = 0; step < n; step++) {
    const row = upper ? n - 1 - step : step;
    const [first, last] = upper ? [row + 1, n] : [0, row];
    for (let column = 0; column < columns; column++) {
      let sum = x[row * columns + column]!;
      for (let at = first; at < last; at++) sum -= t[row * n + at]! * x[at * columns + column]!;
      x[row * columns + column] = unitDiagonal ? sum : sum / t[row * n + row]!;
    }
  }
}

const inverseOperation: MatrixOperation = /* @__PURE__ */ matrixOperation('inverse', {
  result: ([size]) => size,
  compute(y, [a], [[n]]) {
    for (let at = 0; at < n; at++) y[at * n + at] = 1;
    solveInPlace('inverse', a, y, n, n);
  },
  // d(A⁻¹) = −A⁻¹ · dA · A⁻¹
  derivative: [(g, _, y) => times(times(y.mT as Tensor, g), y.mT as Tensor).neg() as Tensor],
});

/**
 * The inverse of square matrices: a · inverse(a) is the identity. To solve equations, `solve` is faster and more exact.
 *
 * @param a  shape [..., n, n]
 * @throws ShapeError when the matrices are not square
 * @throws RangeError when one of them is singular
 * @example String(inverse(tensor([[2, 0], [0, 4]])))   // [[0.5  0.  ]\n [0.   0.25]]
 * @see Golub, Van Loan, Matrix Computations (2013), §3.4
 */
export function inverse(a: Tensor): Tensor {
  return apply(inverseOperation, [checkSquare(a, 'inverse')], undefined);
}

const solveOperation: MatrixOperation = /* @__PURE__ */ matrixOperation('solve', {
  result: ([, size]) => size,
  compute(y, [a, b], [[n], [, columns]]) {
    y.set(b);
    solveInPlace('solve', a, y, n, columns);
  },
  derivative: [
    // dX = A⁻¹ · (dB − dA · X)
    (g, [a], x) => times(apply(solveOperation, [a.mT as Tensor, g], undefined), x.mT as Tensor).neg() as Tensor,
    (g, [a]) => apply(solveOperation, [a.mT as Tensor, g], undefined),
  ],
});

/** Matrices and their right sides, with equal batches. A vector is one column. */
function sides(caller: string, a: Tensor, b: Tensor): readonly [a: Tensor, b: Tensor, vector: boolean] {
  const vector = checkTensor(b, caller).rank === 1;
  const columns = vector ? (b.expandDims(1) as Tensor) : checkMatrix(b, caller);
  if (columns.shape.at(-2) !== a.shape.at(-2)) {
    throw new ShapeError(
      `${caller}: a of shape ${showShape(a.shape)} and b of shape ${showShape(b.shape)} must have equally many rows. ` +
        `Transpose one of them.`,
    );
  }
  return [...sameBatch(a, columns, caller), vector];
}

/**
 * The solution x of a · x = b, by elimination with pivots.
 *
 * @param a  shape [..., n, n]
 * @param b  shape [n], or [..., n, columns]; the axes before the last two are broadcast
 * @returns  x, with the shape of b
 * @throws ShapeError when a is not square, or b has another number of rows
 * @throws RangeError when a matrix is singular
 * @example String(solve(tensor([[2, 0], [0, 4]]), tensor([2, 2])))   // [1.  0.5]
 * @see Golub, Van Loan, Matrix Computations (2013), §3.4
 */
export function solve(a: Tensor, b: Tensor): Tensor {
  const [left, right, vector] = sides('solve', checkSquare(a, 'solve'), b);
  const x = apply(solveOperation, [left, right], undefined);
  return vector ? (x.squeeze(-1) as Tensor) : x;
}

/** The options of `solveTriangular`. */
export interface TriangularOptions {
  /** Whether a is an upper triangle; lower unless given. */
  readonly upper?: boolean;
  /** Whether the diagonal counts as ones; false unless given. */
  readonly unitDiagonal?: boolean;
}

const triangularOperation: MatrixOperation<Required<TriangularOptions>> = /* @__PURE__ */ matrixOperation(
  'solveTriangular',
  {
    result: ([, size]) => size,
    compute(y, [a, b], [[n], [, columns]], { upper, unitDiagonal }) {
      const zero = unitDiagonal ? -1 : Array.from({ length: n }, (_, at) => a[at * n + at]!).indexOf(0);
      if (zero >= 0) {
        throw new RangeError(
          `solveTriangular: the matrix is singular: element ${zero} of its diagonal is 0. ` +
            `Use pseudoInverse, or add a small multiple of the identity.`,
        );
      }
      y.set(b);
      substitute(a, y, n, columns, upper, unitDiagonal);
    },
    derivative: [
      (g, [a], x, settings) => {
        const product = times(transposedSolve(a, g, settings), x.mT as Tensor).neg() as Tensor;
        const offset = settings.unitDiagonal ? 1 : 0;
        return settings.upper ? triu(product, { offset }) : tril(product, { offset: -offset });
      },
      (g, [a], _, settings) => transposedSolve(a, g, settings),
    ],
  },
);

function transposedSolve(a: Tensor, g: Tensor, { upper, unitDiagonal }: Required<TriangularOptions>): Tensor {
  return apply(triangularOperation, [a.mT as Tensor, g], { upper: !upper, unitDiagonal });
}

/**
 * The solution x of a · x = b for a triangle of a; the other triangle is not read.
 *
 * @param a  shape [..., n, n]
 * @param b  shape [n], or [..., n, columns]; the axes before the last two are broadcast
 * @param options.upper         whether a is an upper triangle; lower unless given
 * @param options.unitDiagonal  whether the diagonal counts as ones
 * @returns  x, with the shape of b
 * @throws ShapeError when a is not square, or b has another number of rows
 * @throws RangeError when the diagonal has a zero
 * @example String(solveTriangular(tensor([[2, 0], [1, 1]]), tensor([2, 3])))   // [1. 2.]
 * @see Golub, Van Loan, Matrix Computations (2013), §3.1
 */
export function solveTriangular(a: Tensor, b: Tensor, options: TriangularOptions = {}): Tensor {
  const caller = 'solveTriangular';
  const { upper = false, unitDiagonal = false } = checkOptions(caller, options, ['upper', 'unitDiagonal']);
  const [left, right, vector] = sides(caller, checkSquare(a, caller), b);
  const x = apply(triangularOperation, [left, right], { upper, unitDiagonal });
  return vector ? (x.squeeze(-1) as Tensor) : x;
}

const determinantOperation: MatrixOperation = /* @__PURE__ */ matrixOperation('determinant', {
  result: () => [],
  compute(y, [a], [[n]]) {
    y[0] = eliminate(a, n, n, true).sign;
    for (let at = 0; at < n; at++) y[0] *= a[at * n + at]!;
  },
  // d det A = det A · tr(A⁻¹ · dA)
  derivative: [(g, [a], y) => inverse(a).mT.mul(g.mul(y).expandDims(-1).expandDims(-1)) as Tensor],
});

/**
 * The determinant of square matrices. Its gradient needs matrices that are not singular.
 *
 * @param a  shape [..., n, n]
 * @returns  shape [...]
 * @throws ShapeError when the matrices are not square
 * @example String(determinant(tensor([[1, 2], [3, 4]])))   // -2.0
 */
export function determinant(a: Tensor): Tensor {
  return apply(determinantOperation, [checkSquare(a, 'determinant')], undefined);
}

const logDeterminantOperation: MatrixOperation = /* @__PURE__ */ matrixOperation('logDeterminant', {
  result: () => [2],
  compute(y, [a], [[n]]) {
    y[0] = eliminate(a, n, n, true).sign;
    for (let at = 0; at < n; at++) {
      const pivot = a[at * n + at]!;
      y[0] *= Math.sign(pivot);
      y[1]! += Math.log(Math.abs(pivot));
    }
  },
  derivative: [(g, [a]) => inverse(a).mT.mul(unpacked(g, [[], [1, 1]])[1]!) as Tensor],
});

/**
 * The sign of the determinant of square matrices, and the logarithm of its absolute value, which does not overflow.
 *
 * Of a singular matrix they are 0 and −∞. The gradient of the logarithm needs matrices that are not singular.
 *
 * @param a  shape [..., n, n]
 * @returns  `sign` and `logAbsolute`, shape [...]
 * @throws ShapeError when the matrices are not square
 * @example String(logDeterminant(tensor([[0, 1], [1, 0]])).sign)   // -1.0
 * @see NumPy, numpy.linalg.slogdet
 */
export function logDeterminant(a: Tensor): { readonly sign: Tensor; readonly logAbsolute: Tensor } {
  const both = apply(logDeterminantOperation, [checkSquare(a, 'logDeterminant')], undefined);
  const [sign, logAbsolute] = unpacked(both, [[], []]) as [Tensor, Tensor];
  return { sign: sign.detach() as Tensor, logAbsolute };
}
