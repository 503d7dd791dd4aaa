import { fromTypedArray, type Tensor } from '@nn/tensor';
import { checkCount, checkFinite } from './count.ts';
import type { Dataset } from './dataset.ts';
import { checkDrawing, type Drawing } from './drawing.ts';

/** What data sets of points scattered in the plane take. */
export interface Scatter extends Drawing {
  /** How many points in all. */
  readonly samples?: number;
  /** The standard deviation of the normal noise on both coordinates; none is drawn when it is left out. */
  readonly noise?: number;
}

/** @throws ShapeError, DTypeError when something of it does not fit */
export function checkScatter({ samples = 200, noise, random, dtype = 'float32' }: Scatter, asked: string): number {
  checkCount(samples, 'samples', asked);
  if (noise !== undefined) checkFinite(noise, 'noise', asked, 0);
  checkDrawing(random, dtype, asked);
  return samples;
}

/** The points [samples · 2], row by row, blurred as asked. Draws the noise. */
function blurred(points: Float64Array, { noise, random, dtype = 'float32' }: Scatter): Tensor<[number, 2]> {
  const count = points.length / 2;
  const x = fromTypedArray(points, [count, 2]);
  const strayed = noise === undefined ? x : x.add(random.normal([count, 2], { dtype: 'float64' }).mul(noise));
  return strayed.cast(dtype) as Tensor<[number, 2]>;
}

/** Points with the class of each, blurred as asked. */
export function labelled(points: Float64Array, labels: Int32Array, scatter: Scatter): Dataset<[number, 2], [number]> {
  return { x: blurred(points, scatter), y: fromTypedArray(labels, [labels.length]) };
}
