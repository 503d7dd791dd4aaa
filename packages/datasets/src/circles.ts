import { checkOptions, ShapeError } from '@nn/tensor';
import type { Dataset } from './dataset.ts';
import { checkFinite } from './drawing.ts';
import { type Curve, drawTwoCurves, type TwoCurves, twoCurvesOptions } from './two-curves.ts';

/**
 * A circle inside a circle.
 *
 *   a = 0 … 2π (without 2π),  class 0: (cos a, sin a),  class 1: factor · (cos a, sin a)
 *
 * Draws the same numbers as `make_circles` of scikit-learn: the rows are shuffled, then noise is added.
 *
 * @param options.samples  points in all, or [on the outer circle, on the inner circle]
 * @param options.factor   the radius of the inner circle, at least 0 and below 1
 * @param options.noise    standard deviation of the noise on each coordinate; none when left out
 * @returns x [samples, 2], y [samples] of 0 and 1
 * @throws RangeError when a count is not a positive integer, noise is negative, or factor is out of range
 * @throws DTypeError when dtype is neither float32 nor float64
 * @example String(circles({ samples: [1, 2], factor: 0.5, shuffle: false, random: randomState(0) }).x.slice([0, 2]))   // [[1.  0. ]\n [0.5 0. ]]
 */
export function circles(options: TwoCurves & { readonly factor?: number }): Dataset<[number, 2], [number]> {
  const { factor = 0.8, ...curves } = checkOptions('circles', options, ['factor', ...twoCurvesOptions]);
  if (checkFinite(factor, 'factor', 'circles', 0) >= 1) {
    throw new ShapeError(
      `circles: factor must be below 1, the radius of the outer circle, got ${factor}. Divide the radii.`,
    );
  }
  return drawTwoCurves(circle(1), circle(factor), curves, 'circles');
}

function circle(radius: number): Curve {
  return (count) =>
    Array.from({ length: count }, (_, at) => {
      const angle = at * ((2 * Math.PI) / count);
      return [radius * Math.cos(angle), radius * Math.sin(angle)];
    });
}
