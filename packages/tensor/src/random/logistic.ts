import type { Shape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { exactLog } from './exact-log.ts';
import { located, type LocationOptions } from './laplace.ts';
import type { Random } from './random.ts';

/**
 * Logistic draws, whose distribution is the sigmoid: x = location + scale · ln(u/(1 − u)).
 *
 * @throws RangeError when the scale is negative
 * @example String(logistic(randomState(0), [2]))   // [0.19587791 0.92072284]
 */
export function logistic(random: Random, shape?: undefined, options?: LocationOptions): number;
export function logistic<const S extends Shape | []>(random: Random, shape: S, options?: LocationOptions): Tensor<S>;
export function logistic(random: Random, shape?: Shape, options: LocationOptions = {}): number | Tensor {
  return located('logistic', random, shape, options, (unit, location, scale) =>
    unit > 0 ? location + scale * exactLog(unit / (1 - unit)) : undefined,
  );
}
