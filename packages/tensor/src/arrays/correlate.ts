import { convolve } from '../convolve.ts';
import { ShapeError } from '../errors.ts';
import { checkOptions } from '../options.ts';
import { showShape } from '../shape.ts';
import { checkTensor, type Tensor } from '../tensor.ts';

/** Where two vectors overlap: anywhere ('full'), as often as the longer is long ('same'), or completely ('valid'). */
export type ConvolutionMode = 'full' | 'same' | 'valid';

/** The sums of products of a vector and a shorter one at every distance. */
function slide(caller: string, long: Tensor, short: Tensor, mode: ConvolutionMode): Tensor {
  const size = short.shape[0]!;
  const half = Math.floor(size / 2);
  const ends: Readonly<Record<ConvolutionMode, readonly [number, number]>> = {
    full: [size - 1, size - 1],
    same: [half, size - 1 - half],
    valid: [0, 0],
  };
  if (!Object.hasOwn(ends, mode)) {
    throw new TypeError(`${caller}: mode must be 'full', 'same' or 'valid', got ${String(mode)}. Write one of them.`);
  }
  const padding = [ends[mode]];
  return convolve(long.reshape([1, 1, -1]) as Tensor, short.reshape([1, 1, -1]) as Tensor, { padding }).reshape([
    -1,
  ]) as Tensor;
}

function checkVectors(caller: string, a: Tensor, v: Tensor): void {
  const shapes = [checkTensor(a, caller).shape, checkTensor(v, caller).shape];
  if (a.rank === 1 && v.rank === 1 && a.size > 0 && v.size > 0) return;
  throw new ShapeError(
    `${caller}: expected two vectors with elements, got shapes ${shapes.map(showShape).join(' and ')}. Write x.reshape([-1]).`,
  );
}

/**
 * The convolution of two vectors, as signal processing defines it: the second is reversed. For batches, channels and more
 * axes, where filters are not reversed, see `convolve`. (NumPy: convolve.)
 *
 *   y[n] = Σₖ a[k] · v[n − k]
 *
 * @param options.mode  'full' (the default): N + M − 1 results; 'same': max(N, M); 'valid': max(N, M) − min(N, M) + 1
 * @throws ShapeError when one of them is not a vector, or has no elements
 * @example String(convolve1d(tensor([1, 2, 3]), tensor([1, 10])))   // [ 1. 12. 23. 30.]
 * @see NumPy, numpy.convolve
 */
export function convolve1d(a: Tensor, v: Tensor, options: { readonly mode?: ConvolutionMode } = {}): Tensor {
  const caller = 'convolve1d';
  const { mode = 'full' } = checkOptions(caller, options, ['mode']);
  checkVectors(caller, a, v);
  const [long, short] = a.size < v.size ? [v, a] : [a, v];
  return slide(caller, long, short.flip(0) as Tensor, mode);
}

/**
 * The correlation of two vectors: the sums of their products at every distance.
 *
 *   y[n] = Σₖ a[n + k] · v[k]
 *
 * @param options.mode  'valid' (the default): only where they overlap completely; 'same', 'full'
 * @throws ShapeError when one of them is not a vector, or has no elements
 * @example String(correlate1d(tensor([1, 2, 3]), tensor([1, 10])))   // [21. 32.]
 * @see NumPy, numpy.correlate
 */
export function correlate1d(a: Tensor, v: Tensor, options: { readonly mode?: ConvolutionMode } = {}): Tensor {
  const caller = 'correlate1d';
  const { mode = 'valid' } = checkOptions(caller, options, ['mode']);
  checkVectors(caller, a, v);
  // The distances run backwards when the vectors change places.
  if (a.size < v.size) return slide(caller, v, a, mode).flip(0) as Tensor;
  return slide(caller, a, v, mode);
}
