import { checkNumber, checkOptions, pad, ShapeError, showShape, type Tensor } from '@nn/tensor';
import { type Layer, layer } from './layer.ts';
import type { SameShape } from './shape-rule.ts';

/** The options of `localResponseNorm`, named as in its paper. */
export interface LocalResponseNormOptions {
  /** How much neighbouring channels count; 1e-4 unless given. */
  readonly alpha?: number;
  /** The exponent; 0.75 unless given. */
  readonly beta?: number;
  /** Added before the power; 1 unless given. */
  readonly k?: number;
}

/**
 * Local response normalisation: each number is divided by how large its neighbours in other channels are.
 *
 *   y[n, c] = x[n, c] / (k + alpha / size · Σ j  x[n, j]²)^beta      j over `size` channels around c
 *
 * Of an even size one channel more stands before c than behind it. Missing channels count as zeros.
 *
 * @param size  how many channels are summed
 * @returns     a layer that keeps the shape [N, channels, …]; it has no parameters
 * @throws RangeError, TypeError when a number or an option does not fit
 * @throws ShapeError when x has no axis of channels
 * @example String(localResponseNorm(1, { alpha: 1, beta: 1 })(tensor([[1, 2]])))   // [[0.5 0.4]]
 * @see Krizhevsky, Sutskever, Hinton, ImageNet Classification with Deep Convolutional Neural Networks (2012), §3.3
 */
/* @__NO_SIDE_EFFECTS__ */
export function localResponseNorm(size: number, options: LocalResponseNormOptions = {}): Layer<SameShape> {
  const caller = `localResponseNorm(${size})`;
  const { alpha = 1e-4, beta = 0.75, k = 1 } = checkOptions('localResponseNorm', options, ['alpha', 'beta', 'k']);
  checkNumber('localResponseNorm', 'size', size, Number.isInteger(size) && size > 0, 'a positive integer');
  for (const [what, value] of Object.entries({ alpha, beta, k })) {
    checkNumber(caller, what, value, value >= 0 && value < Infinity, 'a finite non-negative number');
  }
  return layer({
    title: caller,
    call(x): Tensor {
      if (x.rank < 2) {
        throw new ShapeError(
          `${caller} expects x of shape [N, channels, …], got ${showShape(x.shape)}. Add the missing axes.`,
        );
      }
      const widths = x.shape.map(
        (_, axis) => (axis === 1 ? [Math.floor(size / 2), Math.floor((size - 1) / 2)] : [0, 0]) as [number, number],
      );
      const squares: Tensor = pad(x.mul(x), widths);
      // Slices and not windows: the gradient of windows along an axis before the last strides through memory.
      const sums = Array.from({ length: size }, (_, at): Tensor => squares.slice([], [at, at + x.shape[1]!])).reduce(
        (sum, one) => sum.add(one),
      );
      const scale = sums
        .mul(alpha / size)
        .add(k)
        .pow(beta);
      return x.div(scale as Tensor);
    },
  }) as unknown as Layer<SameShape>;
}
