import type { DType } from '../dtype.ts';
import type { Shape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { draw, floating } from './draw.ts';
import { exactLog } from './exact-log.ts';
import { checkFinite, checkScale } from './parameter.ts';
import type { Random } from './random.ts';

/** Where a distribution lies, and how wide it is. */
export interface LocationOptions {
  /** 0 unless given. */
  readonly location?: number;
  /** 1 unless given. */
  readonly scale?: number;
  /** float32 for tensors, float64 for single numbers, unless given. */
  readonly dtype?: DType;
}

/**
 * Laplace draws: density e^(−|x − location|/scale)/(2 · scale).
 *
 * @throws RangeError when the scale is negative
 * @example String(laplace(randomState(0), [2]))   // [0.10272733 0.5627836 ]
 */
export function laplace(random: Random, shape?: undefined, options?: LocationOptions): number;
export function laplace<const S extends Shape | []>(random: Random, shape: S, options?: LocationOptions): Tensor<S>;
export function laplace(random: Random, shape?: Shape, options: LocationOptions = {}): number | Tensor {
  return located('laplace', random, shape, options, (unit, location, scale) => {
    if (unit >= 0.5) return location - scale * exactLog(2 - unit - unit);
    return unit > 0 ? location + scale * exactLog(unit + unit) : undefined;
  });
}

/**
 * Draws that come from one uniform number each, by the inverse of the distribution.
 *
 * @param inverse  `undefined` where it has no value: another number is drawn
 */
export function located(
  asked: string,
  { source }: Random,
  shape: Shape | undefined,
  { location = 0, scale = 1, dtype }: LocationOptions,
  inverse: (unit: number, location: number, scale: number) => number | undefined,
): number | Tensor {
  checkFinite(asked, 'location', location);
  checkScale(asked, 'scale', scale);
  return draw(asked, shape, dtype, floating, () => {
    for (;;) {
      const value = inverse(source.unit(), location, scale);
      if (value !== undefined) return value;
    }
  });
}
