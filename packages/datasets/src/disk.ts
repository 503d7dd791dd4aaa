import { evenParts } from './apportion.ts';
import type { Dataset } from './dataset.ts';
import { checkScatter, labelled, type Scatter } from './scatter.ts';

/**
 * A disk, class 1, and the ring around it, class 0.
 *
 *   x = r · (cos a, sin a),  a = 2π · uniform,  r = 0.7 … 1 for class 0, 0 … 0.5 for class 1, uniform
 *
 * Two uniforms per point, radius and angle, then the noise. Of an odd number of points the ring gets one more.
 *
 * @param options.samples  points in all, 200 unless given
 * @param options.noise    standard deviation of the noise on each coordinate; none when left out
 * @returns x [samples, 2], y [samples] of 0 and 1, sorted by class
 * @throws RangeError when samples is not a positive integer, or noise is negative
 * @throws DTypeError when dtype is neither float32 nor float64, or there is no generator
 * @example String(disk({ samples: 4, random: randomState(0) }).y)   // [0 0 1 1]
 */
export function disk(scatter: Scatter): Dataset<[number, 2], [number]> {
  const samples = checkScatter(scatter, 'disk');
  const outside = evenParts(samples, 2)[0]!;
  const drawn = scatter.random.uniform([samples, 2], { dtype: 'float64' }).data;
  const points = new Float64Array(samples * 2);
  for (let row = 0; row < samples; row++) {
    const [fraction, turn] = [drawn[row * 2]!, drawn[row * 2 + 1]!];
    const radius = row < outside ? 0.7 + 0.3 * fraction : 0.5 * fraction;
    points.set([radius * Math.cos(2 * Math.PI * turn), radius * Math.sin(2 * Math.PI * turn)], row * 2);
  }
  return labelled(points, new Int32Array(samples).fill(1, outside), scatter);
}
