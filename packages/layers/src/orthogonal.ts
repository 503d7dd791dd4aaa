import { checkNumber, ShapeError, showShape, tensor, type Tensor } from '@nn/tensor';
import type { Initializer } from './initializer.ts';

/**
 * Initial weights that turn and mirror, but do not stretch: what recurrent and very deep networks like.
 *
 *   W = gain · Q,   QᵀQ = 1 or QQᵀ = 1      Q from the QR decomposition of normal draws, with diag R > 0
 *
 * A weight [a, b, …] counts as a matrix [a, b · …]; of its rows and columns the fewer are orthonormal.
 *
 * @param gain  1 unless given; √2 before relu
 * @throws TypeError, RangeError when the gain is not a finite non-negative number
 * @throws ShapeError when the shape is that of a bias
 * @example
 * const w = orthogonal()([3, 3], randomState(0), 'float64');
 * String(w.T.matmul(w).round().abs())   // [[1. 0. 0.]\n [0. 1. 0.]\n [0. 0. 1.]]
 * @see Saxe, McClelland, Ganguli, Exact solutions to the nonlinear dynamics of learning in deep linear networks (2014)
 */
/* @__NO_SIDE_EFFECTS__ */
export function orthogonal(gain = 1): Initializer {
  const fits = gain >= 0 && gain < Infinity;
  checkNumber('orthogonal', 'gain', gain, fits, 'a finite non-negative number', 'Write orthogonal().');
  return (shape, random, dtype): Tensor => {
    if (shape.length < 2) {
      throw new ShapeError(
        `orthogonal: expected the shape of a matrix or of more axes, got ${showShape(shape)}. ` +
          `Use constant(value) or randomNormal(standardDeviation) here.`,
      );
    }
    const rows = shape[0]!;
    const columns = shape.slice(1).reduce((product, length) => product * length, 1);
    const [count, length] = [Math.min(rows, columns), Math.max(rows, columns)];
    const drawn = random.normal([count, length], { dtype: 'float64' }).data;
    const vectors = Array.from({ length: count }, (_, at) =>
      Array.from(drawn.subarray(at * length, (at + 1) * length)),
    );
    orthonormalize(vectors);
    const flat: Tensor = tensor(vectors.flat(), { dtype }).reshape([count, length]);
    return ((rows < columns ? flat : flat.T) as Tensor).reshape(shape).mul(gain) as Tensor;
  };
}

/** Gram–Schmidt, twice for each vector, which makes them orthogonal to the last digits. */
function orthonormalize(vectors: number[][]): void {
  const product = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, at) => sum + x * b[at]!, 0);
  vectors.forEach((vector, at) => {
    for (let time = 0; time < 2; time++) {
      for (const before of vectors.slice(0, at)) {
        const along = product(vector, before);
        before.forEach((x, place) => (vector[place]! -= along * x));
      }
    }
    const size = Math.sqrt(product(vector, vector));
    vector.forEach((x, place) => (vector[place] = x / size));
  });
}
