import type { Shape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { draw, floating } from './draw.ts';
import { checkFinite, checkScale } from './parameter.ts';
import type { NormalOptions, Random } from './random.ts';

/**
 * Draws whose logarithm is normal: e^(mean + deviation · z).
 *
 * @throws RangeError when the deviation is negative
 * @example String(lognormal(randomState(0), [2]))   // [5.836039  1.4920592]
 */
export function lognormal(random: Random, shape?: undefined, options?: NormalOptions): number;
export function lognormal<const S extends Shape | []>(random: Random, shape: S, options?: NormalOptions): Tensor<S>;
export function lognormal(
  { source }: Random,
  shape?: Shape,
  { mean = 0, deviation = 1, dtype }: NormalOptions = {},
): number | Tensor {
  checkFinite('lognormal', 'mean', mean);
  checkScale('lognormal', 'deviation', deviation);
  return draw('lognormal', shape, dtype, floating, () => Math.exp(mean + deviation * source.normal()));
}
