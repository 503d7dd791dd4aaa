import { concat } from '../combination.ts';
import { eye, zerosLike } from '../creation.ts';
import { checkNumber, ShapeError } from '../errors.ts';
import type { MatrixOperation } from '../operation.ts';
import { checkList, showShape } from '../shape.ts';
import { apply, checkTensor, type Tensor } from '../tensor.ts';
import { checkSquare, matrixOperation, times } from './matrix-operation.ts';
import { inverse } from './solve.ts';

/**
 * The power of square matrices with an integer exponent, by repeated squaring. Negative ones are powers of the inverse.
 *
 * @param a         shape [..., n, n]
 * @param exponent  an integer
 * @throws ShapeError when the matrices are not square
 * @throws RangeError when the exponent is not an integer, or it is negative and a matrix is singular
 * @example String(matrixPower(tensor([[1, 1], [0, 1]]), 5))   // [[1. 5.]\n [0. 1.]]
 * @see NumPy, numpy.linalg.matrix_power
 */
export function matrixPower(a: Tensor, exponent: number): Tensor {
  checkSquare(a, 'matrixPower');
  checkNumber('matrixPower', 'exponent', exponent, Number.isInteger(exponent), 'an integer', 'For roots see eigh.');
  if (exponent === 0) return eye(a.shape.at(-1)!, { dtype: a.dtype }).expand(a.shape) as Tensor;
  let square = exponent < 0 ? inverse(a) : a;
  let result: Tensor | undefined;
  for (let rest = Math.abs(exponent); ; square = times(square, square)) {
    if (rest % 2 === 1) result = result ? times(result, square) : square;
    rest = Math.floor(rest / 2);
    if (rest === 0) return result!;
  }
}

/** The product of two matrices of n rows and columns. */
function multiplied(a: Float64Array, b: Float64Array, n: number): Float64Array {
  const y = new Float64Array(n * n);
  for (let row = 0; row < n; row++) {
    for (let k = 0; k < n; k++) {
      for (let column = 0; column < n; column++) y[row * n + column]! += a[row * n + k]! * b[k * n + column]!;
    }
  }
  return y;
}

/** The terms of the series: at a norm of ½ the next one is less than 1e-24. */
const terms = 19;

const expOperation: MatrixOperation = /* @__PURE__ */ matrixOperation('matrixExp', {
  result: ([size]) => size,
  compute(y, [a], [[n]]) {
    // exp a = (exp(a / 2ᵏ))^(2ᵏ), where a / 2ᵏ has a norm of at most ½ and few terms of the series are enough.
    const size = Math.hypot(...a);
    const halvings = Number.isFinite(size) ? Math.max(0, Math.ceil(Math.log2(size)) + 1) : 0;
    const part = a.map((value) => value / 2 ** halvings);
    const identity = (): Float64Array => {
      const one = new Float64Array(n * n);
      for (let at = 0; at < n; at++) one[at * n + at] = 1;
      return one;
    };
    // 1 + a (1 + a/2 (1 + a/3 (…)))
    let sum = identity();
    for (let term = terms; term > 0; term--) {
      const next = multiplied(part, sum, n);
      sum = identity();
      for (let at = 0; at < sum.length; at++) sum[at]! += next[at]! / term;
    }
    for (let round = 0; round < halvings; round++) sum = multiplied(sum, sum, n);
    y.set(sum);
  },
  derivative: [
    // exp [[Aᵀ, G], [0, Aᵀ]] has the gradient in its upper right quarter (Van Loan)
    (g, [a]) => {
      const n = a.shape.at(-1)!;
      const aT = a.mT as Tensor;
      const above = concat([aT, g], -1) as Tensor;
      const below = concat([zerosLike(aT) as Tensor, aT], -1) as Tensor;
      const all = apply(expOperation, [concat([above, below], -2) as Tensor], undefined);
      return all.slice(...a.shape.slice(0, -2).map((): [] => []), [0, n], [n, 2 * n]) as Tensor;
    },
  ],
});

/**
 * The exponential of square matrices.
 *
 *   exp a = 1 + a + a²/2 + a³/6 + …
 *
 * @param a  shape [..., n, n]
 * @throws ShapeError when the matrices are not square
 * @example String(matrixExp(tensor([[0, 2], [0, 0]])))   // [[1. 2.]\n [0. 1.]]
 * @see Moler, Van Loan, Nineteen dubious ways to compute the exponential of a matrix (2003)
 */
export function matrixExp(a: Tensor): Tensor {
  return apply(expOperation, [checkSquare(a, 'matrixExp')], undefined);
}

/**
 * The product of several matrices, in the order of products that takes the fewest multiplications.
 *
 * @param matrices  two or more matrices; the first and the last may be vectors
 * @throws ShapeError when there are fewer than two, or the columns of one differ from the rows of the next
 * @example String(multiDot([tensor([[1, 2]]), tensor([[3], [4]]), tensor([[2]])]))   // [[22.]]
 * @see Cormen, Leiserson, Rivest, Stein, Introduction to Algorithms (2022), §14.2
 */
export function multiDot(matrices: readonly Tensor[]): Tensor {
  const list = checkList(matrices, 'multiDot').map((one) => checkTensor(one, 'multiDot'));
  const last = list.length - 1;
  const wrong = list.find(({ rank }, at) => rank !== 2 && !(rank === 1 && (at === 0 || at === last)));
  if (list.length < 2 || wrong) {
    throw new ShapeError(
      `multiDot: expected two matrices or more, got ${wrong ? `shape ${showShape(wrong.shape)}` : `${list.length}`}. ` +
        `Only the first and the last may be vectors; for batches write a.matmul(b).`,
    );
  }
  const rows = list.map(({ shape }, at) => (shape.length === 1 && at === 0 ? 1 : shape[0]!));
  const lengths = [...rows, list[last]!.rank === 1 ? 1 : list[last]!.shape[1]!];
  // The least cost of the product of the matrices from `first` to `until`, and after which of them it is split.
  const best = list.map(() => list.map(() => ({ cost: 0, split: 0 })));
  for (let span = 1; span <= last; span++) {
    for (let first = 0; first + span <= last; first++) {
      const until = first + span;
      const costs = Array.from({ length: span }, (_, at) => {
        const split = first + at;
        const own = lengths[first]! * lengths[split + 1]! * lengths[until + 1]!;
        return { split, cost: best[first]![split]!.cost + best[split + 1]![until]!.cost + own };
      });
      best[first]![until] = costs.reduce((least, one) => (one.cost < least.cost ? one : least));
    }
  }
  const productOf = (first: number, until: number): Tensor => {
    if (first === until) return list[first]!;
    const { split } = best[first]![until]!;
    return times(productOf(first, split), productOf(split + 1, until));
  };
  return productOf(0, last);
}
