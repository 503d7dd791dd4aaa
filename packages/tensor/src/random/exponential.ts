import type { DType } from '../dtype.ts';
import type { Shape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { draw, floating } from './draw.ts';
import { checkScale } from './parameter.ts';
import type { Random } from './random.ts';

/** The mean waiting time. */
export interface ExponentialOptions {
  /** 1 unless given. */
  readonly scale?: number;
  /** float32 for tensors, float64 for single numbers, unless given. */
  readonly dtype?: DType;
}

/**
 * Waiting times: density e^(−x/scale)/scale for x ≥ 0.
 *
 * @throws RangeError when the scale is negative
 * @example String(exponential(randomState(0), [2], { scale: 2 }))   // [1.5917491 2.5118616]
 */
export function exponential(random: Random, shape?: undefined, options?: ExponentialOptions): number;
export function exponential<const S extends Shape | []>(
  random: Random,
  shape: S,
  options?: ExponentialOptions,
): Tensor<S>;
export function exponential(
  { source }: Random,
  shape?: Shape,
  { scale = 1, dtype }: ExponentialOptions = {},
): number | Tensor {
  checkScale('exponential', 'scale', scale);
  const precision = dtype ?? (shape ? 'float32' : 'float64');
  return draw('exponential', shape, precision, floating, () => scale * source.exponential(precision));
}
