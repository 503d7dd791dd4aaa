import { tril, triu } from '../arrays/diagonals.ts';
import { concat } from '../combination.ts';
import { eye } from '../creation.ts';
import type { MatrixOperation } from '../operation.ts';
import { checkOptions } from '../options.ts';
import { apply, type Tensor } from '../tensor.ts';
import { eliminate } from './elimination.ts';
import { checkMatrix, checkSquare, matrixOperation, times, unpacked } from './matrix-operation.ts';
import { solveTriangular } from './solve.ts';

/** The mean of matrices and their transposes. */
export const symmetric = (a: Tensor): Tensor => a.add(a.mT as Tensor).mul(0.5) as Tensor;

/** Rows or columns `start` to `stop` − 1 of matrices. */
const cut = (a: Tensor, axis: -1 | -2, start: number, stop: number): Tensor =>
  a.slice(...a.shape.slice(0, axis).map((): [] => []), [start, stop]) as Tensor;

const permutationOperation: MatrixOperation = /* @__PURE__ */ matrixOperation('rowPermutation', {
  result: ([[m]]) => [m, m],
  compute(y, [a], [[m, n]]) {
    for (const [at, row] of eliminate(a, m, n, true).order.entries()) y[row * m + at] = 1;
  },
});

const eliminationOperation: MatrixOperation = /* @__PURE__ */ matrixOperation('elimination', {
  result: ([size]) => size,
  compute(y, [a], [[m, n]]) {
    y.set(a);
    eliminate(y, m, n, false);
  },
  derivative: [
    // dA = L · (lower(L⁻¹ · dL) + upper(dU · U⁻¹)) · U, with both triangles of the result in one matrix
    (g, _, y) => {
      const [l, u] = [lowerOf(y), triu(y)];
      const left = tril(times(l.mT as Tensor, tril(g, { offset: -1 })), { offset: -1 });
      const middle = left.add(triu(times(triu(g), u.mT as Tensor))) as Tensor;
      const right = solveTriangular(u, middle.mT as Tensor, { upper: true }).mT as Tensor;
      return solveTriangular(l.mT as Tensor, right, { upper: true, unitDiagonal: true });
    },
  ],
});

/** The lower triangle with ones on the diagonal. */
const lowerOf = (packed: Tensor): Tensor =>
  tril(packed, { offset: -1 }).add(eye(packed.shape.at(-1)!, { dtype: packed.dtype })) as Tensor;

/**
 * Matrices as products of a permutation, a lower and an upper triangle.
 *
 *   a = p · l · u
 *
 * Rows are exchanged so that no element of l exceeds 1. The gradient needs leading square parts that are not singular.
 *
 * @param a  shape [..., m, n]
 * @returns  `p` of shape [..., m, m], `l` of [..., m, k] with ones on its diagonal, `u` of [..., k, n]; k = min(m, n)
 * @throws ShapeError when a has not two axes or more
 * @example String(lu(tensor([[1, 2], [2, 2]])).u)   // [[2. 2.]\n [0. 1.]]
 * @see SciPy, scipy.linalg.lu
 */
export function lu(a: Tensor): { readonly p: Tensor; readonly l: Tensor; readonly u: Tensor } {
  const [m, n] = checkMatrix(a, 'lu').shape.slice(-2) as [number, number];
  const p = apply(permutationOperation, [a.detach() as Tensor], undefined);
  const rows = times(p.mT as Tensor, a);
  const k = Math.min(m, n);
  const packed = apply(eliminationOperation, [cut(cut(rows, -2, 0, k), -1, 0, k)], undefined);
  const [l, u] = [lowerOf(packed), triu(packed)];
  // The square part alone is eliminated. What is left of a taller or wider matrix follows from it.
  if (m > k) {
    const below = solveTriangular(u.mT as Tensor, cut(rows, -2, k, m).mT as Tensor).mT as Tensor;
    return { p, l: concat([l, below], -2) as Tensor, u };
  }
  if (n > k) {
    const beside = solveTriangular(l, cut(rows, -1, k, n), { unitDiagonal: true });
    return { p, l, u: concat([u, beside], -1) as Tensor };
  }
  return { p, l, u };
}

const choleskyOperation: MatrixOperation = /* @__PURE__ */ matrixOperation('cholesky', {
  result: ([size]) => size,
  compute(y, [a], [[n]]) {
    for (let row = 0; row < n; row++) {
      for (let column = 0; column <= row; column++) {
        let sum = a[row * n + column]!;
        for (let at = 0; at < column; at++) sum -= y[row * n + at]! * y[column * n + at]!;
        if (row === column && sum <= 0) {
          throw new RangeError(
            `cholesky: the matrix is not positive definite: its leading ${row + 1} rows and columns are not. ` +
              `Add a small multiple of the identity.`,
          );
        }
        y[row * n + column] = row === column ? Math.sqrt(sum) : sum / y[column * n + column]!;
      }
    }
  },
  derivative: [
    // Ā = ½ · L⁻ᵀ · (P + Pᵀ) · L⁻¹ with P = lower(Lᵀ · L̄), its diagonal halved
    (g, _, l) => {
      const product = times(l.mT as Tensor, tril(g));
      const both = tril(product).add(tril(product, { offset: -1 }).mT as Tensor) as Tensor;
      const left = solveTriangular(l.mT as Tensor, both, { upper: true });
      return solveTriangular(l.mT as Tensor, left.mT as Tensor, { upper: true }).mul(0.5) as Tensor;
    },
  ],
});

/**
 * The lower triangle l of positive definite matrices, l · lᵀ = (a + aᵀ)/2.
 *
 * @param a  shape [..., n, n]
 * @throws ShapeError when the matrices are not square
 * @throws RangeError when one of them is not positive definite
 * @example String(cholesky(tensor([[4, 2], [2, 2]])))   // [[2. 0.]\n [1. 1.]]
 * @see Golub, Van Loan, Matrix Computations (2013), §4.2
 */
export function cholesky(a: Tensor): Tensor {
  return apply(choleskyOperation, [symmetric(checkSquare(a, 'cholesky'))], undefined);
}

/**
 * The solution x of a · x = b, where a = l · lᵀ and l is known from `cholesky`.
 *
 * @param factor         l, or u with a = uᵀ · u, shape [..., n, n]
 * @param b              shape [n], or [..., n, columns]
 * @param options.upper  whether the factor is u
 * @throws ShapeError when the factor is not square, or b has another number of rows
 * @throws RangeError when the diagonal has a zero
 * @example String(choleskySolve(tensor([[2, 0], [1, 1]]), tensor([4, 2])))   // [1. 0.]
 * @see SciPy, scipy.linalg.cho_solve
 */
export function choleskySolve(factor: Tensor, b: Tensor, options: { readonly upper?: boolean } = {}): Tensor {
  const { upper = false } = checkOptions('choleskySolve', options, ['upper']);
  const given = checkSquare(factor, 'choleskySolve');
  const l = upper ? (given.mT as Tensor) : given;
  return solveTriangular(l.mT as Tensor, solveTriangular(l, b), { upper: true });
}

const qrOperation: MatrixOperation = /* @__PURE__ */ matrixOperation('qr', {
  result: ([[m, n]]) => [m * n + n * n],
  compute(y, [a], [[m, n]]) {
    // Householder reflections make a an upper triangle. The same reflections in reverse order make q of the identity.
    const r = a;
    const reflections: Float64Array[] = [];
    const reflect = (x: Float64Array, v: Float64Array, from: number): void => {
      for (let column = 0; column < n; column++) {
        let sum = 0;
        for (let row = from; row < m; row++) sum += v[row]! * x[row * n + column]!;
        for (let row = from; row < m; row++) x[row * n + column]! -= 2 * sum * v[row]!;
      }
    };
    for (let step = 0; step < n; step++) {
      const v = new Float64Array(m);
      for (let row = step; row < m; row++) v[row] = r[row * n + step]!;
      v[step]! += (v[step]! < 0 ? -1 : 1) * Math.hypot(...v);
      const length = Math.hypot(...v);
      if (length !== 0) for (let row = step; row < m; row++) v[row]! /= length;
      reflections.push(v);
      reflect(r, v, step);
    }
    const q = y.subarray(0, m * n);
    for (let at = 0; at < n; at++) q[at * n + at] = 1;
    for (let step = n - 1; step >= 0; step--) reflect(q, reflections[step]!, step);
    for (let row = 0; row < n; row++) {
      // The diagonal of r is made positive.
      const sign = r[row * n + row]! < 0 ? -1 : 1;
      for (let at = 0; at < m; at++) q[at * n + row]! *= sign;
      for (let column = row; column < n; column++) y[m * n + row * n + column] = sign * r[row * n + column]!;
    }
  },
  derivative: [
    // Ā = (Q̄ + Q · copy(M)) · R⁻ᵀ with M = R · R̄ᵀ − Q̄ᵀ · Q, of which the lower triangle is copied to the upper one
    (g, [a], y) => {
      const [m, n] = a.shape.slice(-2) as [number, number];
      const parts = (x: Tensor) =>
        unpacked(x, [
          [m, n],
          [n, n],
        ]) as [Tensor, Tensor];
      const [[q, r], [gq, gr]] = [parts(y), parts(g)];
      const middle = times(r, gr.mT as Tensor).sub(times(gq.mT as Tensor, q)) as Tensor;
      const copied = tril(middle).add(tril(middle, { offset: -1 }).mT as Tensor) as Tensor;
      const sum = gq.add(times(q, copied)) as Tensor;
      return solveTriangular(r, sum.mT as Tensor, { upper: true }).mT as Tensor;
    },
  ],
});

/**
 * Matrices as products of orthonormal columns and an upper triangle.
 *
 *   a = q · r,   qᵀ · q = 1
 *
 * The diagonal of r is not negative, so that both are unique when the columns of a are independent. (NumPy leaves the signs
 * open.) The gradient needs independent columns.
 *
 * @param a  shape [..., m, n]
 * @returns  `q` of shape [..., m, k] and `r` of shape [..., k, n]; k = min(m, n)
 * @throws ShapeError when a has not two axes or more
 * @example String(qr(tensor([[3, 1], [4, 3]])).r)   // [[5. 3.]\n [0. 1.]]
 * @see Golub, Van Loan, Matrix Computations (2013), §5.2
 */
export function qr(a: Tensor): { readonly q: Tensor; readonly r: Tensor } {
  const [m, n] = checkMatrix(a, 'qr').shape.slice(-2) as [number, number];
  const k = Math.min(m, n);
  const packed = apply(qrOperation, [cut(a, -1, 0, k)], undefined);
  const [q, r] = unpacked(packed, [
    [m, k],
    [k, k],
  ]) as [Tensor, Tensor];
  return n === k ? { q, r } : { q, r: concat([r, times(q.mT as Tensor, cut(a, -1, k, n))], -1) as Tensor };
}
