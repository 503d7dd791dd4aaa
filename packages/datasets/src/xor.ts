import type { Dataset } from './dataset.ts';
import { checkScatter, labelled, type Scatter } from './scatter.ts';

/**
 * Exclusive or, in the plane: the class is 1 where the coordinates have different signs. No straight line separates them.
 *
 *   x = ±(0.05 … 1) uniform in both coordinates,  y = [x₁ < 0] ≠ [x₂ < 0]
 *
 * Two uniforms per point, then the noise, which may move a point across an axis; its class does not change.
 *
 * @param options.samples  points in all, 200 unless given
 * @param options.noise    standard deviation of the noise on each coordinate; none when left out
 * @returns x [samples, 2], y [samples] of 0 and 1
 * @throws RangeError when samples is not a positive integer, or noise is negative
 * @throws DTypeError when dtype is neither float32 nor float64, or there is no generator
 * @example String(xor({ samples: 4, random: randomState(0) }).y)   // [0 0 1 1]
 */
export function xor(scatter: Scatter): Dataset<[number, 2], [number]> {
  const samples = checkScatter(scatter, 'xor');
  // −1 … 1, with a gap around 0 so that the classes do not touch.
  const apart = (uniform: number): number => (uniform < 0.5 ? -1 + 1.9 * uniform : 0.05 + 1.9 * (uniform - 0.5));
  const points = Float64Array.from(scatter.random.uniform([samples, 2], { dtype: 'float64' }).data, apart);
  const labels = Int32Array.from({ length: samples }, (_, row) =>
    points[row * 2]! < 0 === points[row * 2 + 1]! < 0 ? 0 : 1,
  );
  return labelled(points, labels, scatter);
}
