import { checkOptions, fromTypedArray, type Tensor } from '@nn/tensor';
import type { Dataset } from './dataset.ts';
import { checkCount, checkDrawing, checkFinite, type Drawing } from './drawing.ts';

/** The options of data sets of points scattered in the plane. */
export interface Scatter extends Drawing {
  /** How many points in all. */
  readonly samples?: number;
  /** The standard deviation of the normal noise on both coordinates; none is drawn when it is left out. */
  readonly noise?: number;
}

/** @throws TypeError, RangeError when an option is unknown or does not fit */
export function checkScatter(options: Scatter, caller: string): number {
  const known = ['samples', 'noise', 'random', 'dtype'];
  const { samples = 200, noise, random, dtype = 'float32' } = checkOptions(caller, options, known);
  checkCount(samples, 'samples', caller);
  if (noise !== undefined) checkFinite(noise, 'noise', caller, 0);
  checkDrawing(random, dtype, caller);
  return samples;
}

/** The points [samples · 2], row by row, with noise. */
function withNoise(points: Float64Array, { noise, random, dtype = 'float32' }: Scatter): Tensor<[number, 2]> {
  const count = points.length / 2;
  const x = fromTypedArray(points, [count, 2]);
  const noisy = noise === undefined ? x : x.add(random.normal([count, 2], { dtype: 'float64' }).mul(noise));
  return noisy.cast(dtype) as Tensor<[number, 2]>;
}

/** Points with noise, and the class of each. */
export function labelled(points: Float64Array, labels: Int32Array, scatter: Scatter): Dataset<[number, 2], [number]> {
  return { x: withNoise(points, scatter), y: fromTypedArray(labels, [labels.length]) };
}
