import type { DType } from '../dtype.ts';
import type { Shape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { draw, floating } from './draw.ts';
import { exactLog } from './exact-log.ts';
import { drawExponential } from './exponential.ts';
import { checkScale } from './parameter.ts';
import type { Random } from './random.ts';
import type { Source } from './source.ts';

/** The gamma distribution to draw from. */
export interface GammaOptions {
  /** The shape parameter, often α or k. */
  readonly alpha: number;
  /** 1 unless given. */
  readonly scale?: number;
  /** float32 for tensors, float64 for single numbers, unless given. */
  readonly dtype?: DType;
}

/**
 * Gamma draws: density proportional to x^(α − 1) · e^(−x/scale) for x > 0; the mean is α · scale.
 *
 * @throws RangeError when alpha or the scale is negative
 * @example String(gamma(randomState(0), [2], { alpha: 2.5 }))   // [5.9387007 2.8106697]
 * @see G. Marsaglia, W. W. Tsang, A simple method for generating gamma variables (2000)
 */
export function gamma(random: Random, shape: undefined, options: GammaOptions): number;
export function gamma<const S extends Shape | []>(random: Random, shape: S, options: GammaOptions): Tensor<S>;
export function gamma(
  { source }: Random,
  shape: Shape | undefined,
  { alpha, scale = 1, dtype }: GammaOptions = {} as GammaOptions,
): number | Tensor {
  checkScale('gamma', 'alpha', alpha);
  checkScale('gamma', 'scale', scale);
  return draw('gamma', shape, dtype, floating, () => scale * drawGamma(source, alpha));
}

/** One draw with scale 1. */
export function drawGamma(source: Source, alpha: number): number {
  if (alpha === 1) return drawExponential(source);
  if (alpha === 0) return 0;
  if (alpha < 1) {
    for (;;) {
      const u = source.unit();
      const v = drawExponential(source);
      if (u <= 1 - alpha) {
        const x = u ** (1 / alpha);
        if (x <= v) return x;
      } else {
        const y = -exactLog((1 - u) / alpha);
        const x = (1 - alpha + alpha * y) ** (1 / alpha);
        if (x <= v + y) return x;
      }
    }
  }
  const b = alpha - 1 / 3;
  const c = 1 / Math.sqrt(9 * b);
  for (;;) {
    const x = source.normal();
    const root = 1 + c * x;
    if (root <= 0) continue;
    const v = root * root * root;
    const u = source.unit();
    if (u < 1 - 0.0331 * (x * x) * (x * x)) return b * v;
    if (Math.log(u) < 0.5 * x * x + b * (1 - v + Math.log(v))) return b * v;
  }
}
