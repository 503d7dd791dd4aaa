import { checkNumber, checkOptions, checkTensor, ShapeError, showShape, type Tensor } from '@nn/tensor';
import { checkNonNegative } from './check-non-negative.ts';

/** Options of `newtonSchulz`. */
export interface NewtonSchulzOptions {
  /** How often the polynomial is applied. Default 5. */
  readonly steps?: number;
  /** Added to the norm that the matrix is divided by. Default 1e-7. */
  readonly epsilon?: number;
}

/**
 * The nearest matrix with orthonormal rows or columns, roughly: singular values from 0.7 to 1.2 instead of 1.
 *
 *   X ← G / (‖G‖ + ε)                                      ‖·‖ the Frobenius norm
 *   X ← 3.4445·X − 4.775·S·X + 2.0315·S²·X, S = X·Xᵀ       `steps` times
 *
 * G is transposed if it has more rows than columns, and X transposed back, so that S is small.
 *
 * @param g        a matrix, shape [rows, columns]
 * @param options  steps, default 5; epsilon, default 1e-7
 * @returns        a matrix of the shape of g
 * @throws ShapeError when g is not a matrix
 * @throws RangeError when an option is out of range
 * @example String(newtonSchulz(tensor([[2, 0], [0, 2]])).round())   // [[1. 0.]\n [0. 1.]]
 * @see Jordan et al., Muon: An optimizer for hidden layers in neural networks (2024)
 */
export function newtonSchulz(g: Tensor, options: NewtonSchulzOptions = {}): Tensor {
  const caller = 'newtonSchulz';
  const { steps = 5, epsilon = 1e-7 } = checkOptions(caller, options, ['steps', 'epsilon']);
  checkNewtonSchulz(caller, steps, epsilon);
  if (checkTensor(g, caller).rank !== 2) {
    throw new ShapeError(
      `${caller}: g must be a matrix of shape [rows, columns], got shape ${showShape(g.shape)}. Reshape it.`,
    );
  }
  const [rows, columns] = g.shape as [number, number];
  let x: Tensor = g.div(g.mul(g).sum().sqrt().add(epsilon));
  if (rows > columns) x = x.T;
  for (let step = 0; step < steps; step++) {
    const square = x.matmul(x.T);
    x = x.mul(3.4445).add(square.mul(-4.775).add(square.matmul(square).mul(2.0315)).matmul(x));
  }
  return rows > columns ? x.T : x;
}

/**
 * @throws RangeError when an option of `newtonSchulz` is out of range
 */
export function checkNewtonSchulz(caller: string, steps: number, epsilon: number): void {
  const fits = Number.isInteger(steps) && steps > 0;
  checkNumber(caller, 'steps', steps, fits, 'a positive integer', 'Leave it out for 5.');
  checkNonNegative(caller, 'epsilon', epsilon);
}
