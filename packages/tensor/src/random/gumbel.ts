import type { Shape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { exactLog } from './exact-log.ts';
import { located, type LocationOptions } from './laplace.ts';
import type { Random } from './random.ts';

/**
 * Gumbel draws, the largest of many: x = location − scale · ln(−ln u). Added to log-probabilities, the largest sum is a
 * draw from them.
 *
 * @throws RangeError when the scale is negative
 * @example String(gumbel(randomState(0), [2]))   // [ 0.22831376 -0.22787695]
 */
export function gumbel(random: Random, shape?: undefined, options?: LocationOptions): number;
export function gumbel<const S extends Shape | []>(random: Random, shape: S, options?: LocationOptions): Tensor<S>;
export function gumbel(random: Random, shape?: Shape, options: LocationOptions = {}): number | Tensor {
  return located('gumbel', random, shape, options, (unit, location, scale) =>
    unit > 0 ? location - scale * exactLog(-exactLog(1 - unit)) : undefined,
  );
}
