import type { DType } from '../dtype.ts';
import type { Shape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { draw, floating } from './draw.ts';
import { drawGamma } from './gamma.ts';
import { checkNumber } from '../check-number.ts';
import type { Random } from './random.ts';
import type { Source } from './source.ts';

/** The beta distribution to draw from. */
export interface BetaOptions {
  readonly alpha: number;
  readonly beta: number;
  /** float32 for tensors, float64 for single numbers, unless given. */
  readonly dtype?: DType;
}

/**
 * Beta draws: density proportional to x^(α − 1) · (1 − x)^(β − 1) for 0 < x < 1; the mean is α/(α + β).
 *
 * @throws RangeError when alpha or beta is not above 0
 * @example String(beta(randomState(0), [2], { alpha: 2, beta: 3 }))   // [0.6035898  0.79868335]
 * @see M. D. Jöhnk, Erzeugung von betaverteilten und gammaverteilten Zufallszahlen (1964)
 */
export function beta(random: Random, shape: undefined, options: BetaOptions): number;
export function beta<const S extends Shape | []>(random: Random, shape: S, options: BetaOptions): Tensor<S>;
export function beta(
  { source }: Random,
  shape: Shape | undefined,
  { alpha, beta: other, dtype }: BetaOptions = {} as BetaOptions,
): number | Tensor {
  checkNumber('beta', 'alpha', alpha, alpha > 0 && alpha < Infinity, 'a finite number above 0');
  checkNumber('beta', 'beta', other, other > 0 && other < Infinity, 'a finite number above 0');
  return draw('beta', shape, dtype, floating, () => drawBeta(source, alpha, other));
}

function drawBeta(source: Source, alpha: number, other: number): number {
  if (alpha > 1 || other > 1) {
    const x = drawGamma(source, alpha);
    return x / (x + drawGamma(source, other));
  }
  for (;;) {
    const u = source.unit();
    const v = source.unit();
    const x = u ** (1 / alpha);
    const y = v ** (1 / other);
    if (x + y > 1 || (u === 0 && v === 0)) continue;
    if (x + y > 0) return x / (x + y);
    // Both powers are too small for a double: their quotient is taken through logarithms.
    return 1 / (1 + Math.exp(Math.log(v) / other - Math.log(u) / alpha));
  }
}
