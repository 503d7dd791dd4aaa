import type { DType } from '../dtype.ts';
import type { Shape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { counting, draw } from './draw.ts';
import { checkCount, checkProbability } from './parameter.ts';
import type { Random } from './random.ts';
import type { Source } from './source.ts';

/** How often to try, and how likely it is to succeed. */
export interface BinomialOptions {
  /** 1 unless given. */
  readonly trials?: number;
  readonly probability: number;
  /** int32 unless given. */
  readonly dtype?: DType;
}

/**
 * How many of so many trials succeed; with one trial, 1 with the given probability, else 0.
 *
 * @throws RangeError when the probability is not from 0 to 1, or the trials are no whole number from 0 on
 * @example String(binomial(randomState(0), [5], { trials: 10, probability: 0.3 }))   // [3 4 3 3 3]
 * @see V. Kachitvichyanukul, B. W. Schmeiser, Binomial random variate generation (1988)
 */
export function binomial(random: Random, shape: undefined, options: BinomialOptions): number;
export function binomial<const S extends Shape | []>(random: Random, shape: S, options: BinomialOptions): Tensor<S>;
export function binomial(
  { source }: Random,
  shape: Shape | undefined,
  { trials = 1, probability, dtype }: BinomialOptions = {} as BinomialOptions,
): number | Tensor {
  checkCount('binomial', 'trials', trials);
  checkProbability('binomial', 'probability', probability);
  return draw('binomial', shape, dtype, counting, () => drawBinomial(source, trials, probability));
}

/** One number of successes. */
export function drawBinomial(source: Source, trials: number, probability: number): number {
  // NumPy's Generator draws nothing where nothing can happen; its RandomState draws nevertheless.
  if (!source.masked && (trials === 0 || probability === 0)) return 0;
  const rare = probability <= 0.5 ? probability : 1 - probability;
  const successes = rare * trials <= 30 ? byInversion(source, trials, rare) : byRejection(source, trials, rare);
  return probability <= 0.5 ? successes : trials - successes;
}

/** Adds up the probabilities of 0, 1, … successes until they exceed a uniform draw. */
function byInversion(source: Source, trials: number, probability: number): number {
  const failure = 1 - probability;
  const none = Math.exp(trials * Math.log(failure));
  const mean = trials * probability;
  const bound = Math.min(trials, mean + 10 * Math.sqrt(mean * failure + 1));
  for (;;) {
    let rest = source.unit();
    let mass = none;
    let successes = 0;
    while (rest > mass) {
      successes++;
      if (successes > bound) break;
      rest -= mass;
      mass = ((trials - successes + 1) * probability * mass) / (successes * failure);
    }
    if (successes <= bound) return successes;
  }
}

/** BTPE: a point under a triangle, two parallelograms and two exponential tails, kept when it lies under the mass. */
function byRejection(source: Source, trials: number, probability: number): number {
  const failure = 1 - probability;
  const variance = trials * probability * failure;
  const top = trials * probability + probability;
  const mode = Math.floor(top);
  const triangle = Math.floor(2.195 * Math.sqrt(variance) - 4.6 * failure) + 0.5;
  const center = mode + 0.5;
  const left = center - triangle;
  const right = center + triangle;
  const height = 0.134 + 20.5 / (15.3 + mode);
  const slopeOf = (a: number) => a * (1 + a / 2);
  const leftSlope = slopeOf((top - left) / (top - left * probability));
  const rightSlope = slopeOf((right - top) / (right * failure));
  // The areas of the regions, added up.
  const middle = triangle * (1 + 2 * height);
  const leftTail = middle + height / leftSlope;
  const rightTail = leftTail + height / rightSlope;

  for (;;) {
    const u = source.unit() * rightTail;
    let v = source.unit();
    if (u <= triangle) return Math.floor(center - triangle * v + u);
    let y: number;
    if (u <= middle) {
      const x = left + (u - triangle) / height;
      v = v * height + 1 - Math.abs(mode - x + 0.5) / triangle;
      if (v > 1) continue;
      y = Math.floor(x);
    } else if (u <= leftTail) {
      y = Math.floor(left + Math.log(v) / leftSlope);
      if (y < 0 || v === 0) continue;
      v *= (u - middle) * leftSlope;
    } else {
      y = Math.floor(right - Math.log(v) / rightSlope);
      if (y > trials || v === 0) continue;
      v *= (u - leftTail) * rightSlope;
    }

    const away = Math.abs(y - mode);
    if (away > 20 && away < variance / 2 - 1) {
      // Squeezed between two bounds of the logarithm before it is worked out by Stirling's formula.
      const spread = (away / variance) * ((away * (away / 3 + 0.625) + 0.16666666666666666) / variance + 0.5);
      const bell = (-away * away) / (2 * variance);
      const log = Math.log(v);
      if (log < bell - spread) return y;
      if (log > bell + spread) continue;
      const x1 = y + 1;
      const f1 = mode + 1;
      const z = trials + 1 - mode;
      const w = trials - y + 1;
      const bound =
        center * Math.log(f1 / x1) +
        (trials - mode + 0.5) * Math.log(z / w) +
        (y - mode) * Math.log((w * probability) / (x1 * failure)) +
        stirling(f1) +
        stirling(z) +
        stirling(x1) +
        stirling(w);
      if (log <= bound) return y;
    } else {
      // The mass of y over that of the mode, by the recurrence.
      const odds = probability / failure;
      const next = odds * (trials + 1);
      let mass = 1;
      for (let k = mode + 1; k <= y; k++) mass *= next / k - odds;
      for (let k = y + 1; k <= mode; k++) mass /= next / k - odds;
      if (v <= mass) return y;
    }
  }
}

/** The correction in Stirling's formula for ln x!, with NumPy's 13680 where the series has 13860: the draws must agree. */
function stirling(x: number): number {
  const square = x * x;
  return (13680 - (462 - (132 - (99 - 140 / square) / square) / square) / square) / x / 166320;
}
