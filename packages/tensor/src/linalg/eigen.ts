import { eye } from '../creation.ts';
import type { MatrixOperation } from '../operation.ts';
import { apply, type Tensor } from '../tensor.ts';
import { symmetric } from './factorizations.ts';
import { checkSquare, matrixOperation, times, unpacked } from './matrix-operation.ts';

/** Rotates two columns of a matrix: (x, y) → (c · x − s · y, s · x + c · y). */
function rotate(
  a: Float64Array,
  start: number,
  other: number,
  step: number,
  count: number,
  c: number,
  s: number,
): void {
  for (let at = 0; at < count; at++, start += step, other += step) {
    const [x, y] = [a[start]!, a[other]!];
    a[start] = c * x - s * y;
    a[other] = s * x + c * y;
  }
}

/** More rounds than any matrix needs: each one squares what is left of the off-diagonal elements. */
const mostRounds = 60;

const eighOperation: MatrixOperation = /* @__PURE__ */ matrixOperation('eigh', {
  result: ([[n]]) => [n * n + n],
  compute(y, [given], [[n]]) {
    const a = given;
    const v = new Float64Array(n * n);
    for (let at = 0; at < n; at++) v[at * n + at] = 1;
    // Jacobi's method: each rotation makes one off-diagonal element 0.
    for (let round = 0, rotated = true; rotated && round < mostRounds; round++) {
      rotated = false;
      for (let p = 0; p < n; p++) {
        for (let q = p + 1; q < n; q++) {
          const off = a[p * n + q]!;
          const [first, second] = [a[p * n + p]!, a[q * n + q]!];
          if (!(Math.abs(off) > 1e-17 * Math.hypot(first, second))) continue;
          rotated = true;
          const theta = (second - first) / (2 * off);
          const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(1, theta));
          const c = 1 / Math.hypot(1, t);
          const s = t * c;
          rotate(a, p, q, n, n, c, s);
          rotate(a, p * n, q * n, 1, n, c, s);
          rotate(v, p, q, n, n, c, s);
          a[p * n + q] = 0;
          a[q * n + p] = 0;
        }
      }
    }
    const order = Array.from({ length: n }, (_, at) => at).toSorted((i, j) => a[i * n + i]! - a[j * n + j]!);
    for (const [to, from] of order.entries()) {
      y[to] = a[from * n + from]!;
      for (let row = 0; row < n; row++) y[n + row * n + to] = v[row * n + from]!;
    }
  },
  derivative: [
    // Ā = V · (diag λ̄ + F ∘ (Vᵀ · V̄)) · Vᵀ with Fᵢⱼ = 1/(λⱼ − λᵢ), and 0 where they are equal
    (g, [a], y) => {
      const n = a.shape.at(-1)!;
      const parts = (x: Tensor) => unpacked(x, [[n], [n, n]]) as [Tensor, Tensor];
      const [[values, vectors], [gValues, gVectors]] = [parts(y), parts(g)];
      const identity = eye(n, { dtype: y.dtype });
      const middle = times(vectors.mT as Tensor, gVectors).mul(reciprocalDifferences(values)) as Tensor;
      const all = middle.add(identity.mul(gValues.expandDims(-1) as Tensor) as Tensor) as Tensor;
      return times(times(vectors, all), vectors.mT as Tensor);
    },
  ],
});

/** For all pairs 1/(xⱼ − xᵢ), and 0 for equal ones. */
export function reciprocalDifferences(x: Tensor): Tensor {
  const difference = x.expandDims(-2).sub(x.expandDims(-1) as Tensor) as Tensor;
  const equal = difference.equal(0) as Tensor;
  return equal.where(0, equal.where(1, difference).pow(-1) as Tensor) as Tensor;
}

/**
 * The eigenvalues of symmetric matrices in ascending order, and their eigenvectors.
 *
 *   (a + aᵀ)/2 = v · diag(values) · vᵀ
 *
 * The signs of the eigenvectors are not determined. Their gradient needs different eigenvalues; where two are equal, it
 * counts as if the vectors did not depend on each other.
 *
 * @param a  shape [..., n, n]
 * @returns  `values` of shape [..., n], `vectors` of shape [..., n, n], one per column
 * @throws ShapeError when the matrices are not square
 * @example String(eigh(tensor([[2, 1], [1, 2]])).values)   // [1. 3.]
 * @see Golub, Van Loan, Matrix Computations (2013), §8.5
 */
export function eigh(a: Tensor): { readonly values: Tensor; readonly vectors: Tensor } {
  const n = checkSquare(a, 'eigh').shape.at(-1)!;
  const packed = apply(eighOperation, [symmetric(a)], undefined);
  const [values, vectors] = unpacked(packed, [[n], [n, n]]) as [Tensor, Tensor];
  return { values, vectors };
}

interface Complex {
  readonly re: number;
  readonly im: number;
}

const plus = (a: Complex, b: Complex): Complex => ({ re: a.re + b.re, im: a.im + b.im });
const minus = (a: Complex, b: Complex): Complex => ({ re: a.re - b.re, im: a.im - b.im });
const product = (a: Complex, b: Complex): Complex => ({
  re: a.re * b.re - a.im * b.im,
  im: a.re * b.im + a.im * b.re,
});
const size = (a: Complex): number => Math.hypot(a.re, a.im);
const scaled = (a: Complex, by: number): Complex => ({ re: a.re * by, im: a.im * by });
const conjugate = ({ re, im }: Complex): Complex => ({ re, im: -im });

/** The principal root of a complex number. */
function rootOf(a: Complex): Complex {
  const re = Math.sqrt((size(a) + Math.abs(a.re)) / 2);
  if (re === 0) return { re: 0, im: 0 };
  const im = a.im / (2 * re);
  return a.re >= 0 ? { re, im } : { re: Math.abs(im), im: a.im < 0 ? -re : re };
}

/** The eigenvalues of [[a, b], [c, d]]: that which is nearer to d comes first. */
function eigenvaluesOfTwo(a: Complex, b: Complex, c: Complex, d: Complex): readonly [Complex, Complex] {
  const half = scaled(minus(a, d), 0.5);
  const root = rootOf(plus(product(half, half), product(b, c)));
  const middle = scaled(plus(a, d), 0.5);
  const [first, second] = [plus(middle, root), minus(middle, root)];
  return size(minus(first, d)) <= size(minus(second, d)) ? [first, second] : [second, first];
}

/** All eigenvalues of a matrix by the shifted QR method in complex numbers, after a reduction to Hessenberg form. */
function eigenvaluesOf(a: Float64Array, n: number): Complex[] {
  const h: Complex[][] = Array.from({ length: n }, (_, row) =>
    Array.from({ length: n }, (__, column) => ({ re: a[row * n + column]!, im: 0 })),
  );
  /** Rotates rows `first` and `second` so that an element of the second becomes 0, and the columns back. */
  const rotation = (x: Complex, y: Complex): readonly [c: Complex, s: Complex] | undefined => {
    const length = Math.hypot(size(x), size(y));
    return length === 0 ? undefined : [scaled(x, 1 / length), scaled(y, 1 / length)];
  };
  const rotateRows = (i: number, j: number, [c, s]: readonly [Complex, Complex]): void => {
    for (let k = 0; k < n; k++) {
      const [x, y] = [h[i]![k]!, h[j]![k]!];
      h[i]![k] = plus(product(conjugate(c), x), product(conjugate(s), y));
      h[j]![k] = minus(product(c, y), product(s, x));
    }
  };
  const rotateColumns = (i: number, j: number, [c, s]: readonly [Complex, Complex]): void => {
    for (let k = 0; k < n; k++) {
      const [x, y] = [h[k]![i]!, h[k]![j]!];
      h[k]![i] = plus(product(x, c), product(y, s));
      h[k]![j] = minus(product(y, conjugate(c)), product(x, conjugate(s)));
    }
  };
  for (let column = 0; column < n - 2; column++) {
    for (let row = n - 1; row > column + 1; row--) {
      const turn = rotation(h[row - 1]![column]!, h[row]![column]!);
      if (!turn || h[row]![column]!.re === 0) continue;
      rotateRows(row - 1, row, turn);
      rotateColumns(row - 1, row, turn);
    }
  }
  const found: Complex[] = [];
  for (let last = n - 1, tries = 0; last >= 0; tries++) {
    if (last === 0) {
      found.push(h[0]![0]!);
      break;
    }
    let first = last;
    for (; first > 0; first--) {
      const near = size(h[first]![first]!) + size(h[first - 1]![first - 1]!);
      if (!(size(h[first]![first - 1]!) > 2 ** -52 * near)) break;
    }
    if (first === last || tries > 100 * n) {
      found.push(h[last]![last]!);
      last--;
      continue;
    }
    if (first === last - 1) {
      found.push(...eigenvaluesOfTwo(h[first]![first]!, h[first]![last]!, h[last]![first]!, h[last]![last]!));
      last -= 2;
      continue;
    }
    // Now and then another shift, for matrices that the usual one turns in circles.
    const [shift] =
      tries % 11 === 10
        ? [{ re: size(h[last]![last - 1]!), im: size(h[last - 1]![last - 2]!) }]
        : eigenvaluesOfTwo(h[last - 1]![last - 1]!, h[last - 1]![last]!, h[last]![last - 1]!, h[last]![last]!);
    for (let at = first; at <= last; at++) h[at]![at] = minus(h[at]![at]!, shift);
    const turns: (readonly [Complex, Complex])[] = [];
    for (let at = first; at < last; at++) {
      const turn = rotation(h[at]![at]!, h[at + 1]![at]!) ?? [
        { re: 1, im: 0 },
        { re: 0, im: 0 },
      ];
      turns.push(turn);
      rotateRows(at, at + 1, turn);
    }
    for (const [at, turn] of turns.entries()) rotateColumns(first + at, first + at + 1, turn);
    for (let at = first; at <= last; at++) h[at]![at] = plus(h[at]![at]!, shift);
  }
  return inPairs(found, Math.hypot(...a));
}

/** Complex eigenvalues of a real matrix are conjugate pairs, and the others real: rounding errors are taken off. */
function inPairs(found: readonly Complex[], norm: number): Complex[] {
  const upper = found.filter(({ im }) => im > 1e-12 * norm);
  const lower = found.filter(({ im }) => im < -1e-12 * norm);
  if (upper.length !== lower.length) return [...found];
  const reals = found.filter(({ im }) => Math.abs(im) <= 1e-12 * norm).map(({ re }) => ({ re, im: 0 }));
  return [...reals, ...upper.flatMap((one) => [one, conjugate(one)])];
}

const eigenvaluesOperation: MatrixOperation = /* @__PURE__ */ matrixOperation('eigenvalues', {
  result: ([[n]]) => [2, n],
  compute(y, [a], [[n]]) {
    const sorted = eigenvaluesOf(a, n).toSorted((one, other) => one.re - other.re || one.im - other.im);
    for (const [at, { re, im }] of sorted.entries()) {
      y[at] = re;
      y[n + at] = im;
    }
  },
});

/**
 * The eigenvalues of square matrices, sorted by their real and then their imaginary parts. They have no gradient; for
 * symmetric matrices see `eigh`.
 *
 * @param a  shape [..., n, n]
 * @returns  `real` and `imaginary`, shape [..., n]
 * @throws ShapeError when the matrices are not square
 * @example String(eigenvalues(tensor([[0, 1], [-1, 0]])).imaginary)   // [-1.  1.]
 * @see Golub, Van Loan, Matrix Computations (2013), §7.5
 */
export function eigenvalues(a: Tensor): { readonly real: Tensor; readonly imaginary: Tensor } {
  const n = checkSquare(a, 'eigenvalues').shape.at(-1)!;
  const packed = apply(eigenvaluesOperation, [a.detach() as Tensor], undefined);
  const [real, imaginary] = unpacked(packed.reshape([...a.shape.slice(0, -2), 2 * n]) as Tensor, [[n], [n]]);
  return { real: real!, imaginary: imaginary! };
}
