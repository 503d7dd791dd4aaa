import { norm } from '../arrays/norms.ts';
import { eye } from '../creation.ts';
import { checkNumber, ShapeError } from '../errors.ts';
import type { MatrixOperation } from '../operation.ts';
import { checkOptions } from '../options.ts';
import { showShape } from '../shape.ts';
import { apply, checkTensor, type Tensor } from '../tensor.ts';
import { eigh, reciprocalDifferences } from './eigen.ts';
import { qr } from './factorizations.ts';
import { checkMatrix, checkSquare, matrixOperation, sameBatch, times, unpacked } from './matrix-operation.ts';
import { inverse, solveTriangular } from './solve.ts';

/** More rounds than any matrix needs: each one squares the cosines between columns that are left. */
const mostRounds = 60;

/** The length of column `at` of a matrix of n columns, and the product of two columns. */
function dot(a: Float64Array, n: number, at: number, other: number): number {
  let sum = 0;
  for (; at < a.length; at += n, other += n) sum += a[at]! * a[other]!;
  return sum;
}

function rotateColumns(a: Float64Array, n: number, p: number, q: number, c: number, s: number): void {
  for (; p < a.length; p += n, q += n) {
    const [x, y] = [a[p]!, a[q]!];
    a[p] = c * x - s * y;
    a[q] = s * x + c * y;
  }
}

const svdOperation: MatrixOperation = /* @__PURE__ */ matrixOperation('svd', {
  result: ([[m, n]]) => [m * n + n + n * n],
  compute(y, [given], [[m, n]]) {
    // Rotations make the columns of a orthogonal (Hestenes). Their lengths are then the singular values.
    // A largest element of about 1 keeps the squares from overflow. A power of two changes no digit.
    const largest = given.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const scale = largest > 0 && largest < Infinity ? 2 ** Math.floor(Math.log2(largest)) : 1;
    const a = given.map((value) => value / scale);
    const v = new Float64Array(n * n);
    for (let at = 0; at < n; at++) v[at * n + at] = 1;
    for (let round = 0, rotated = true; rotated && round < mostRounds; round++) {
      rotated = false;
      for (let p = 0; p < n; p++) {
        for (let q = p + 1; q < n; q++) {
          const [pp, qq, pq] = [dot(a, n, p, p), dot(a, n, q, q), dot(a, n, p, q)];
          if (!(Math.abs(pq) > 2 ** -52 * Math.sqrt(pp) * Math.sqrt(qq))) continue;
          rotated = true;
          const theta = (qq - pp) / (2 * pq);
          const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(1, theta));
          const c = 1 / Math.hypot(1, t);
          rotateColumns(a, n, p, q, c, t * c);
          rotateColumns(v, n, p, q, c, t * c);
        }
      }
    }
    const lengths = Array.from({ length: n }, (_, at) => Math.sqrt(dot(a, n, at, at)));
    const order = [...lengths.keys()].toSorted((i, j) => lengths[j]! - lengths[i]!);
    const least = (lengths[order[0] ?? 0] ?? 0) * 1e-15;
    const u = y.subarray(0, m * n);
    for (const [to, from] of order.entries()) {
      const length = lengths[from]!;
      y[m * n + to] = length * scale;
      for (let row = 0; row < n; row++) y[m * n + n + row * n + to] = v[row * n + from]!;
      if (length <= least) complete(u, m, n, to);
      else for (let row = 0; row < m; row++) u[row * n + to] = a[row * n + from]! / length;
    }
  },
  derivative: [
    (g, [a], y) => {
      const [m, n] = a.shape.slice(-2) as [number, number];
      const parts = (x: Tensor) => unpacked(x, [[m, n], [n], [n, n]]) as [Tensor, Tensor, Tensor];
      const [[u, s, v], [gu, gs, gv]] = [parts(y), parts(g)];
      const [uT, row] = [u.mT as Tensor, s.expandDims(-2) as Tensor];
      const f = reciprocalDifferences(s.mul(s) as Tensor);
      const skew = (x: Tensor): Tensor => x.sub(x.mT as Tensor) as Tensor;
      // M = (F ∘ (UᵀŪ − ŪᵀU)) S + S (F ∘ (VᵀV̄ − V̄ᵀV)) + diag s̄, and for tall matrices (1 − UUᵀ) Ū S⁻¹ Vᵀ
      const ofU = f.mul(skew(times(uT, gu))).mul(row) as Tensor;
      const ofV = f.mul(skew(times(v.mT as Tensor, gv))).mul(s.expandDims(-1) as Tensor) as Tensor;
      const diagonal = eye(n, { dtype: y.dtype }).mul(gs.expandDims(-1) as Tensor) as Tensor;
      const inside = times(u, ofU.add(ofV).add(diagonal) as Tensor);
      const none = row.equal(0) as Tensor;
      const rest = gu.sub(times(u, times(uT, gu))) as Tensor;
      const outside = none.where(0, rest.div(none.where(1, row) as Tensor) as Tensor) as Tensor;
      return times(m === n ? inside : (inside.add(outside) as Tensor), v.mT as Tensor);
    },
  ],
});

/** Makes a column of u orthogonal to those before it, and of length 1: the column of a singular value that is 0. */
function complete(u: Float64Array, m: number, n: number, to: number): void {
  for (let unit = 0; unit < m; unit++) {
    for (let row = 0; row < m; row++) u[row * n + to] = row === unit ? 1 : 0;
    for (let twice = 0; twice < 2; twice++) {
      for (let before = 0; before < to; before++) {
        const share = dot(u, n, to, before);
        for (let row = 0; row < m; row++) u[row * n + to]! -= share * u[row * n + before]!;
      }
    }
    const length = Math.sqrt(dot(u, n, to, to));
    if (length < 0.5 / Math.sqrt(m)) continue;
    for (let row = 0; row < m; row++) u[row * n + to]! /= length;
    return;
  }
}

/**
 * The singular value decomposition of matrices.
 *
 *   a = u · diag(s) · vᵀ,   uᵀ · u = vᵀ · v = 1
 *
 * The signs of the columns of u and v are not determined in pairs. Gradients of u and v need different singular values; where
 * two are equal, they count as if their columns did not depend on each other.
 *
 * @param a  shape [..., m, n]
 * @returns  `u` of shape [..., m, k], `s` of [..., k] in descending order, `v` of [..., n, k]; k = min(m, n)
 * @throws ShapeError when a has not two axes or more
 * @example String(svd(tensor([[0, 2], [1, 0]])).s)   // [2. 1.]
 * @see Golub, Van Loan, Matrix Computations (2013), §8.6
 */
export function svd(a: Tensor): { readonly u: Tensor; readonly s: Tensor; readonly v: Tensor } {
  const [m, n] = checkMatrix(a, 'svd').shape.slice(-2) as [number, number];
  if (m < n) {
    const { u, s, v } = svd(a.mT as Tensor);
    return { u: v, s, v: u };
  }
  const packed = apply(svdOperation, [a], undefined);
  const [u, s, v] = unpacked(packed, [[m, n], [n], [n, n]]) as [Tensor, Tensor, Tensor];
  return { u, s, v };
}

/** 2⁻²³ or 2⁻⁵²: the distance from 1 to the next number. */
const epsilonOf = ({ dtype }: Tensor): number => (dtype === 'float64' ? 2 ** -52 : 2 ** -23);

const pseudoInverseOperation: MatrixOperation<{ readonly relativeTolerance: number }> = /* @__PURE__ */ matrixOperation(
  'pseudoInverse',
  {
    result: ([[m, n]]) => [n, m],
    compute(y, [a], [[m, n]], { relativeTolerance }) {
      const packed = new Float64Array(m * n + n + n * n);
      svdOperation.compute(
        packed,
        [a, a],
        [
          [m, n],
          [m, n],
        ],
        undefined,
      );
      const s = packed.subarray(m * n, m * n + n);
      for (let k = 0; k < n && s[k]! > relativeTolerance * s[0]!; k++) {
        for (let row = 0; row < n; row++) {
          const factor = packed[m * n + n + row * n + k]! / s[k]!;
          for (let column = 0; column < m; column++) y[row * m + column]! += factor * packed[column * n + k]!;
        }
      }
    },
    derivative: [
      // dP = −P·dA·P + P·Pᵀ·dAᵀ·(1 − A·P) + (1 − P·A)·dAᵀ·Pᵀ·P   (Golub, Pereyra)
      (g, [a], p) => {
        const [aT, pT, gT] = [a.mT as Tensor, p.mT as Tensor, g.mT as Tensor];
        const inner = times(pT, times(g, pT)).neg() as Tensor;
        const right = times(gT, times(p, pT));
        const left = times(times(pT, p), gT);
        const first = right.sub(times(times(pT, aT), right)) as Tensor;
        const second = left.sub(times(left, times(aT, pT))) as Tensor;
        return inner.add(first).add(second) as Tensor;
      },
    ],
  },
);

/**
 * The pseudoinverse (Moore, Penrose) of matrices: of b the product with it is the solution of least squares and least norm.
 *
 * Singular values that are at most `relativeTolerance` of the largest count as 0. The gradient holds where the rank stays.
 *
 * @param a                          shape [..., m, n]
 * @param options.relativeTolerance  max(m, n) times the distance from 1 to the next number of the dtype, unless given
 * @returns                          shape [..., n, m]
 * @throws ShapeError when a has not two axes or more
 * @example String(pseudoInverse(tensor([[2], [0]])))   // [[0.5 0. ]]
 * @see Golub, Van Loan, Matrix Computations (2013), §5.5
 */
export function pseudoInverse(a: Tensor, options: { readonly relativeTolerance?: number } = {}): Tensor {
  const [m, n] = checkMatrix(a, 'pseudoInverse').shape.slice(-2) as [number, number];
  const { relativeTolerance = Math.max(m, n) * epsilonOf(a) } = checkOptions('pseudoInverse', options, [
    'relativeTolerance',
  ]);
  if (m < n) return pseudoInverse(a.mT as Tensor, { relativeTolerance }).mT as Tensor;
  return apply(pseudoInverseOperation, [a], { relativeTolerance });
}

/**
 * The solution x of a · x ≈ b for which ‖a · x − b‖ is least; of several the one with the least norm. It needs independent
 * columns, or independent rows where there are fewer rows; otherwise write pseudoInverse(a).matmul(b).
 *
 * @param a  shape [..., m, n]
 * @param b  shape [m], or [..., m, columns]; the axes before the last two are broadcast
 * @returns  shape [n], or [..., n, columns]
 * @throws ShapeError when b has another number of rows
 * @throws RangeError when the columns, or rows, are not independent
 * @example String(leastSquares(tensor([[1], [1]]), tensor([1, 3])))   // [2.]
 * @see Golub, Van Loan, Matrix Computations (2013), §5.3
 */
export function leastSquares(a: Tensor, b: Tensor): Tensor {
  const caller = 'leastSquares';
  const vector = checkTensor(b, caller).rank === 1;
  const columns = vector ? (b.expandDims(1) as Tensor) : checkMatrix(b, caller);
  if (checkMatrix(a, caller).shape.at(-2) !== columns.shape.at(-2)) {
    throw new ShapeError(
      `${caller}: a of shape ${showShape(a.shape)} and b of shape ${showShape(b.shape)} must have equally many rows. ` +
        `Transpose one of them.`,
    );
  }
  const [left, right] = sameBatch(a, columns, caller);
  const [m, n] = left.shape.slice(-2) as [number, number];
  const { q, r } = qr(m < n ? (left.mT as Tensor) : left);
  const x =
    m < n
      ? times(q, solveTriangular(r.mT as Tensor, right))
      : solveTriangular(r, times(q.mT as Tensor, right), { upper: true });
  return vector ? (x.squeeze(-1) as Tensor) : x;
}

/**
 * The rank of matrices: how many singular values exceed a tolerance.
 *
 * @param a                  shape [..., m, n]
 * @param options.tolerance  max(m, n) · epsilon of the dtype · the largest singular value, unless given
 * @param options.hermitian  whether the matrices are symmetric: absolute eigenvalues are counted instead
 * @returns                  int32, shape [...]
 * @throws ShapeError when a has not two axes or more
 * @example String(matrixRank(tensor([[1, 2], [2, 4]])))   // 1
 * @see NumPy, numpy.linalg.matrix_rank
 */
export function matrixRank(
  a: Tensor,
  options: { readonly tolerance?: number; readonly hermitian?: boolean } = {},
): Tensor {
  const { tolerance, hermitian = false } = checkOptions('matrixRank', options, ['tolerance', 'hermitian']);
  const [m, n] = checkMatrix(a, 'matrixRank').shape.slice(-2) as [number, number];
  const s = (hermitian ? eigh(a).values.abs() : svd(a).s) as Tensor;
  if (Math.min(m, n) === 0) return s.greater(0).cast('int32').sum(-1) as Tensor;
  const limit = tolerance ?? (s.max(-1, { keepdims: true }).mul(Math.max(m, n) * epsilonOf(a)) as Tensor);
  return s
    .greater(limit as Tensor)
    .cast('int32')
    .sum(-1) as Tensor;
}

/** The order of a norm of matrices. */
export type MatrixOrder = 'frobenius' | 'nuclear' | number;

/**
 * The norm of matrices.
 *
 * - 'frobenius': √Σ aᵢⱼ²; 'nuclear': the sum of the singular values
 * - 2 and −2: the largest and the smallest singular value
 * - 1 and −1: the largest and the smallest sum of absolute values of a column; Infinity and −Infinity: of a row
 *
 * @param a              shape [..., m, n]
 * @param options.order  'frobenius' unless given
 * @returns              shape [...]
 * @throws ShapeError when a has not two axes or more
 * @throws RangeError when the order is another
 * @example String(matrixNorm(tensor([[1, -2], [3, 4]]), { order: 1 }))   // 6.0
 * @see NumPy, numpy.linalg.norm
 */
export function matrixNorm(a: Tensor, options: { readonly order?: MatrixOrder } = {}): Tensor {
  const { order = 'frobenius' } = checkOptions('matrixNorm', options, ['order'], { ord: 'Did you mean order?' });
  checkMatrix(a, 'matrixNorm');
  if (order === 'frobenius') return norm(a, { axis: [-2, -1] });
  if (order === 'nuclear') return svd(a).s.sum(-1) as Tensor;
  const fits = [1, 2, Infinity].includes(Math.abs(order));
  checkNumber(
    'matrixNorm',
    'order',
    order,
    fits,
    `'frobenius', 'nuclear', ±1, ±2 or ±Infinity`,
    'For vectors see norm.',
  );
  const values = Math.abs(order) === 2 ? svd(a).s : (a.abs().sum(Math.abs(order) === 1 ? -2 : -1) as Tensor);
  return (order > 0 ? values.max(-1) : values.min(-1)) as Tensor;
}

/**
 * The condition number of matrices: how much relative errors of b can grow in the solution of a · x = b.
 *
 *   ‖a‖ · ‖a⁻¹‖
 *
 * @param options.order  2 unless given, which is the largest over the smallest singular value; others as in `matrixNorm`
 * @throws ShapeError when the matrices are not square; with order 2 and −2, when a has not two axes
 * @throws RangeError when a matrix is singular and the order is not ±2
 * @example String(conditionNumber(tensor([[4, 0], [0, 1]])))   // 4.0
 * @see NumPy, numpy.linalg.cond
 */
export function conditionNumber(a: Tensor, options: { readonly order?: MatrixOrder } = {}): Tensor {
  const { order = 2 } = checkOptions('conditionNumber', options, ['order'], { p: 'Did you mean order?' });
  checkMatrix(a, 'conditionNumber');
  if (order === 2 || order === -2) {
    const { s } = svd(a);
    return (order > 0 ? s.max(-1).div(s.min(-1) as Tensor) : s.min(-1).div(s.max(-1) as Tensor)) as Tensor;
  }
  const inverted = inverse(checkSquare(a, 'conditionNumber'));
  return matrixNorm(a, { order }).mul(matrixNorm(inverted, { order })) as Tensor;
}
