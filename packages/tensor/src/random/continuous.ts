import type { DType } from '../dtype.ts';
import { checkNumber } from '../errors.ts';
import { exactLog } from '../numbers/exact-log.ts';
import { checkOptions } from '../options.ts';
import type { Shape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { checkFinite, checkScale, draw, floating, normalOptions } from './draw.ts';
import type { NormalOptions, Random, Source } from './random.ts';
import { exponentialZiggurat, exponentialZiggurat32 } from './ziggurat.ts';

// Distributions of real numbers, each made from uniform, normal or exponential draws.

/** The location and the scale of a distribution. */
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
function located(
  caller: string,
  { source }: Random,
  shape: Shape | undefined,
  options: LocationOptions,
  inverse: (unit: number, location: number, scale: number) => number | undefined,
): number | Tensor {
  const { location = 0, scale = 1, dtype } = checkOptions(caller, options, ['location', 'scale', 'dtype']);
  checkFinite(caller, 'location', location);
  checkScale(caller, 'scale', scale);
  return draw(caller, shape, dtype, floating, () => {
    for (;;) {
      const value = inverse(source.unit(), location, scale);
      if (value !== undefined) return value;
    }
  });
}

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

/**
 * Draws whose logarithm is normal: e^(mean + standardDeviation · z).
 *
 * @throws RangeError when the standard deviation is negative
 * @example String(lognormal(randomState(0), [2]))   // [5.836039  1.4920592]
 */
export function lognormal(random: Random, shape?: undefined, options?: NormalOptions): number;
export function lognormal<const S extends Shape | []>(random: Random, shape: S, options?: NormalOptions): Tensor<S>;
export function lognormal({ source }: Random, shape?: Shape, options: NormalOptions = {}): number | Tensor {
  const { mean = 0, standardDeviation = 1, dtype } = checkOptions('lognormal', options, [...normalOptions, 'dtype']);
  checkFinite('lognormal', 'mean', mean);
  checkScale('lognormal', 'standardDeviation', standardDeviation);
  return draw('lognormal', shape, dtype, floating, () => Math.exp(mean + standardDeviation * source.normal()));
}

/** The corners of the triangle. */
export interface TriangularOptions {
  readonly low: number;
  /** Where the density is highest. */
  readonly mode: number;
  readonly high: number;
  /** float32 for tensors, float64 for single numbers, unless given. */
  readonly dtype?: DType;
}

/**
 * Draws between low and high whose density rises in a line to the mode and falls in a line from there.
 *
 * @throws RangeError when not low ≤ mode ≤ high, or low = high
 * @example String(triangular(randomState(0), [2], { low: 0, mode: 0.3, high: 1 }))   // [0.43801197 0.55349416]
 */
export function triangular(random: Random, shape: undefined, options: TriangularOptions): number;
export function triangular<const S extends Shape | []>(random: Random, shape: S, options: TriangularOptions): Tensor<S>;
export function triangular(
  { source }: Random,
  shape: Shape | undefined,
  options: TriangularOptions = {} as TriangularOptions,
): number | Tensor {
  const { low, mode, high, dtype } = checkOptions('triangular', options, ['low', 'mode', 'high', 'dtype']);
  checkFinite('triangular', 'low', low);
  checkFinite('triangular', 'high', high);
  checkNumber('triangular', 'high', high, low < high, `above low, which is ${low}`);
  checkNumber('triangular', 'mode', mode, low <= mode && mode <= high, `from ${low} to ${high}`);
  const width = high - low;
  const left = mode - low;
  return draw('triangular', shape, dtype, floating, () => {
    const unit = source.unit();
    if (unit <= left / width) return low + Math.sqrt(unit * (left * width));
    return high - Math.sqrt((1 - unit) * ((high - mode) * width));
  });
}

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
export function exponential({ source }: Random, shape?: Shape, options: ExponentialOptions = {}): number | Tensor {
  const { scale = 1, dtype } = checkOptions('exponential', options, ['scale', 'dtype']);
  checkScale('exponential', 'scale', scale);
  return draw('exponential', shape, dtype, floating, (to) => scale * drawExponential(source, to));
}

/** One draw with scale 1. */
export function drawExponential(source: Source, dtype?: DType): number {
  if (source.masked) return -exactLog(1 - source.unit());
  return dtype === 'float32' ? exponentialZiggurat32(source) : exponentialZiggurat(source);
}

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
  options: GammaOptions = {} as GammaOptions,
): number | Tensor {
  const { alpha, scale = 1, dtype } = checkOptions('gamma', options, ['alpha', 'scale', 'dtype']);
  checkScale('gamma', 'alpha', alpha);
  checkScale('gamma', 'scale', scale);
  return draw('gamma', shape, dtype, floating, () => scale * drawGamma(source, alpha));
}

/** One draw with scale 1. */
function drawGamma(source: Source, alpha: number): number {
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
  options: BetaOptions = {} as BetaOptions,
): number | Tensor {
  const { alpha, beta: other, dtype } = checkOptions('beta', options, ['alpha', 'beta', 'dtype']);
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
