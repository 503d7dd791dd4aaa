import { checkOptions, linspace } from '@nn/tensor';
import type { Dataset } from './dataset.ts';
import { drawTwoCurves, type TwoCurves, twoCurvesOptions } from './two-curves.ts';

/**
 * Two interleaving half circles.
 *
 *   a = 0 … π,  class 0: (cos a, sin a),  class 1: (1 − cos a, 0.5 − sin a)
 *
 * Draws the same numbers as `make_moons` of scikit-learn: the rows are shuffled, then noise is added.
 *
 * @param options.samples  points in all, or [on the outer moon, on the inner moon]
 * @param options.noise    standard deviation of the noise on each coordinate; none when left out
 * @returns x [samples, 2], y [samples] of 0 and 1
 * @throws RangeError when a count is not a positive integer, or noise is negative
 * @throws DTypeError when dtype is neither float32 nor float64
 * @example String(moons({ samples: 4, shuffle: false, random: randomState(0) }).y)   // [0 0 1 1]
 */
export function moons(options: TwoCurves): Dataset<[number, 2], [number]> {
  return drawTwoCurves(
    (count) => anglesOfHalfCircle(count).map((angle) => [Math.cos(angle), Math.sin(angle)]),
    (count) => anglesOfHalfCircle(count).map((angle) => [1 - Math.cos(angle), 0.5 - Math.sin(angle)]),
    checkOptions('moons', options, twoCurvesOptions),
    'moons',
  );
}

function anglesOfHalfCircle(count: number): number[] {
  return Array.from(linspace(0, Math.PI, { count, dtype: 'float64' }).data);
}
