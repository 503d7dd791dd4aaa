import { checkCount } from './count.ts';
import type { Dataset } from './dataset.ts';
import { checkPrecision, inPrecision, type Precision } from './precision.ts';

/**
 * One period of the sine, to learn a curve from. Nothing in it is random.
 *
 *   x = 0, 1/n, 2/n, … (n − 1)/n,  y = sin 2πx
 *
 * The `sine_data` of the package nnfs.
 *
 * @param options.samples  how many points
 * @returns x [samples, 1], y [samples, 1]
 * @throws ShapeError when samples is no whole number from 1 on
 * @throws DTypeError when dtype is neither float32 nor float64
 * @example String(sine({ samples: 4 }).x.T)   // [[0.   0.25 0.5  0.75]]
 */
export function sine({
  samples = 1000,
  dtype = 'float32',
}: { readonly samples?: number; readonly dtype?: Precision } = {}): Dataset<[number, 1], [number, 1]> {
  checkCount(samples, 'samples', 'sine');
  checkPrecision(dtype, 'sine');
  const x = Float64Array.from({ length: samples }, (_, sample) => sample / samples);
  const y = x.map((value) => Math.sin(2 * Math.PI * value));
  return { x: inPrecision(x, [samples, 1], dtype), y: inPrecision(y, [samples, 1], dtype) };
}
