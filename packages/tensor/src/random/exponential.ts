import type { DType } from '../dtype.ts';
import type { Shape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { draw, floating } from './draw.ts';
import { exactLog } from './exact-log.ts';
import { checkScale } from './parameter.ts';
import type { Random } from './random.ts';
import type { Source } from './source.ts';
import { exponentialZiggurat, exponentialZiggurat32 } from './ziggurat-exponential.ts';

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
  return draw('exponential', shape, dtype, floating, (to) => scale * drawExponential(source, to));
}

/** One draw with scale 1. */
export function drawExponential(source: Source, dtype?: DType): number {
  if (source.masked) return -exactLog(1 - source.unit());
  return dtype === 'float32' ? exponentialZiggurat32(source) : exponentialZiggurat(source);
}
