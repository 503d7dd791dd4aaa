import { fromTypedArray } from '../creation.ts';
import { allocate, type DType } from '../dtype.ts';
import { checkNumber } from '../errors.ts';
import { checkOptions } from '../options.ts';
import { checkShape, type Shape, sizeOf } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { drawExponential } from './continuous.ts';
import { checkCount, checkProbabilities, checkProbability, counting, draw } from './draw.ts';
import type { Random, Source } from './random.ts';

// Distributions of counts: successes, classes, events, trials.

/** The number of trials, and the probability of success. */
export interface BinomialOptions {
  /** 1 unless given. */
  readonly trials?: number;
  readonly probability: number;
  /** int32 unless given. */
  readonly dtype?: DType;
}

/**
 * The number of successes in independent trials; with one trial, 1 with the given probability, else 0.
 *
 * @throws RangeError when the probability is not from 0 to 1, or the trials are not a non-negative integer
 * @example String(binomial(randomState(0), [5], { trials: 10, probability: 0.3 }))   // [3 4 3 3 3]
 * @see V. Kachitvichyanukul, B. W. Schmeiser, Binomial random variate generation (1988)
 */
export function binomial(random: Random, shape: undefined, options: BinomialOptions): number;
export function binomial<const S extends Shape | []>(random: Random, shape: S, options: BinomialOptions): Tensor<S>;
export function binomial(
  { source }: Random,
  shape: Shape | undefined,
  options: BinomialOptions = {} as BinomialOptions,
): number | Tensor {
  const { trials = 1, probability, dtype } = checkOptions('binomial', options, ['trials', 'probability', 'dtype']);
  checkCount('binomial', 'trials', trials);
  checkProbability('binomial', 'probability', probability);
  return draw('binomial', shape, dtype, counting, () => drawBinomial(source, trials, probability));
}

/** One number of successes. */
function drawBinomial(source: Source, trials: number, probability: number): number {
  // NumPy's Generator draws nothing where nothing can happen; its RandomState draws nevertheless.
  if (!source.masked && (trials === 0 || probability === 0)) return 0;
  const rare = probability <= 0.5 ? probability : 1 - probability;
  const successes =
    rare * trials <= 30 ? binomialByInversion(source, trials, rare) : binomialByRejection(source, trials, rare);
  return probability <= 0.5 ? successes : trials - successes;
}

/** Adds up the probabilities of 0, 1, … successes until they exceed a uniform draw. */
function binomialByInversion(source: Source, trials: number, probability: number): number {
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
function binomialByRejection(source: Source, trials: number, probability: number): number {
  const failure = 1 - probability;
  const variance = trials * probability * failure;
  const top = trials * probability + probability;
  const mode = Math.floor(top);
  const triangle = Math.floor(2.195 * Math.sqrt(variance) - 4.6 * failure) + 0.5;
  const center = mode + 0.5;
  const left = center - triangle;
  const right = center + triangle;
  const height = 0.134 + 20.5 / (15.3 + mode);
  const rateOf = (a: number) => a * (1 + a / 2);
  const leftRate = rateOf((top - left) / (top - left * probability));
  const rightRate = rateOf((right - top) / (right * failure));
  // The areas of the regions, added up.
  const middle = triangle * (1 + 2 * height);
  const leftTail = middle + height / leftRate;
  const rightTail = leftTail + height / rightRate;

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
      y = Math.floor(left + Math.log(v) / leftRate);
      if (y < 0 || v === 0) continue;
      v *= (u - middle) * leftRate;
    } else {
      y = Math.floor(right - Math.log(v) / rightRate);
      if (y > trials || v === 0) continue;
      v *= (u - leftTail) * rightRate;
    }

    const away = Math.abs(y - mode);
    if (away > 20 && away < variance / 2 - 1) {
      // Squeezed between two bounds of the logarithm before it is computed by Stirling's formula.
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

/** The number of trials, and the probabilities of their outcomes. */
export interface MultinomialOptions {
  readonly trials: number;
  /** One per class, 1 together; in a Float32Array, such as the data of a softmax, to 3.5e-4, else to 1.5e-8. */
  readonly probabilities: ArrayLike<number>;
}

/**
 * How often each class occurs in independent trials.
 *
 * @param shape  how many draws; each is a row of counts, so the result has one more axis, of length classes; [] for one
 * @throws RangeError when the probabilities do not add up to 1, or the trials are not a non-negative integer
 * @example String(multinomial(randomState(0), [2], { trials: 20, probabilities: [0.2, 0.3, 0.5] }))   // [[ 4  7  9]\n [ 4  6 10]]
 */
export function multinomial(
  { source }: Random,
  shape: Shape,
  options: MultinomialOptions = {} as MultinomialOptions,
): Tensor {
  const { trials, probabilities } = checkOptions('multinomial', options, ['trials', 'probabilities']);
  checkCount('multinomial', 'trials', trials);
  const given = checkProbabilities('multinomial', probabilities);
  const full = checkShape([...shape, given.length], 'multinomial');
  const counts = allocate('int32', sizeOf(full));
  const last = given.length - 1;
  const sum = given.reduce((total, one) => total + one, 0);
  // What rounding left over falls to no class. Below NumPy's own tolerance the draws are NumPy's.
  const total = Math.abs(sum - 1) > 1e-12 ? sum : 1;
  for (let row = 0; row < counts.length; row += given.length) {
    let left = trials;
    let rest = total;
    for (let index = 0; index < last && left > 0; index++) {
      const count = drawBinomial(source, left, Math.min((given[index] as number) / rest, 1));
      counts[row + index] = count;
      left -= count;
      rest -= given[index] as number;
    }
    counts[row + last] = left;
  }
  return fromTypedArray(counts, full);
}

/** How many events are expected. */
export interface PoissonOptions {
  readonly mean: number;
  /** int32 unless given. */
  readonly dtype?: DType;
}

/**
 * How many independent events happen when `mean` are expected.
 *
 *   P(k) = meanᵏ · e^(−mean)/k!
 *
 * @throws RangeError when the mean is negative or above 2 · 10⁹
 * @example String(poisson(randomState(0), [5], { mean: 3 }))   // [5 6 2 0 7]
 * @see W. Hörmann, The transformed rejection method for generating Poisson random variables (1993)
 */
export function poisson(random: Random, shape: undefined, options: PoissonOptions): number;
export function poisson<const S extends Shape | []>(random: Random, shape: S, options: PoissonOptions): Tensor<S>;
export function poisson(
  { source }: Random,
  shape: Shape | undefined,
  options: PoissonOptions = {} as PoissonOptions,
): number | Tensor {
  const { mean, dtype } = checkOptions('poisson', options, ['mean', 'dtype']);
  checkNumber('poisson', 'mean', mean, mean >= 0 && mean <= 2e9, 'a number from 0 to 2e9');
  const next = mean >= 10 ? () => poissonByRejection(source, mean) : () => poissonByProduct(source, mean);
  return draw('poisson', shape, dtype, counting, mean === 0 ? () => 0 : next);
}

/** Counts how many uniform draws keep their product above e^(−mean). */
function poissonByProduct(source: Source, mean: number): number {
  const bound = Math.exp(-mean);
  let product = source.unit();
  let events = 0;
  while (product > bound) {
    events++;
    product *= source.unit();
  }
  return events;
}

function poissonByRejection(source: Source, mean: number): number {
  const b = 0.931 + 2.53 * Math.sqrt(mean);
  const a = -0.059 + 0.02483 * b;
  const inverse = 1.1239 + 1.1328 / (b - 3.4);
  const surely = 0.9277 - 3.6224 / (b - 2);
  for (;;) {
    const u = source.unit() - 0.5;
    const v = source.unit();
    const edge = 0.5 - Math.abs(u);
    const events = Math.floor(((2 * a) / edge + b) * u + mean + 0.43);
    if (edge >= 0.07 && v <= surely) return events;
    if (events < 0 || (edge < 0.013 && v > edge)) continue;
    const left = Math.log(v) + Math.log(inverse) - Math.log(a / (edge * edge) + b);
    if (left <= -mean + events * Math.log(mean) - logFactorial(events)) return events;
  }
}

/** ln n! by Stirling's series, from 10 on; below that n! itself is small. */
function logFactorial(n: number): number {
  if (n < 10) {
    let product = 1;
    for (let factor = 2; factor <= n; factor++) product *= factor;
    return Math.log(product);
  }
  const square = n * n;
  const series =
    1 / 12 -
    (1 / 360 - (1 / 1260 - (1 / 1680 - (1 / 1188 - 691 / 360360 / square) / square) / square) / square) / square;
  return (n + 0.5) * Math.log(n) - n + 0.9189385332046728 + series / n;
}

/** The probability of success of each trial. */
export interface GeometricOptions {
  readonly probability: number;
  /** int32 unless given. */
  readonly dtype?: DType;
}

/**
 * The number of trials up to the first success, at least 1; counted up to 2³¹ − 1.
 *
 * @throws RangeError when the probability is not above 0 and at most 1
 * @example String(geometric(randomState(0), [5], { probability: 0.35 }))   // [2 3 3 2 2]
 */
export function geometric(random: Random, shape: undefined, options: GeometricOptions): number;
export function geometric<const S extends Shape | []>(random: Random, shape: S, options: GeometricOptions): Tensor<S>;
export function geometric(
  { source }: Random,
  shape: Shape | undefined,
  options: GeometricOptions = {} as GeometricOptions,
): number | Tensor {
  const { probability, dtype } = checkOptions('geometric', options, ['probability', 'dtype']);
  const fits = probability > 0 && probability <= 1;
  checkNumber('geometric', 'probability', probability, fits, 'above 0 and at most 1');
  const trials = probability >= 0.333333333333333333 ? geometricBySearch : geometricByInversion;
  return draw('geometric', shape, dtype, counting, () => Math.min(trials(source, probability), 2 ** 31 - 1));
}

function geometricBySearch(source: Source, probability: number): number {
  const unit = source.unit();
  let trials = 1;
  let mass = probability;
  let sum = probability;
  while (unit > sum) {
    mass *= 1 - probability;
    sum += mass;
    trials++;
  }
  return trials;
}

function geometricByInversion(source: Source, probability: number): number {
  return Math.ceil(-drawExponential(source) / Math.log1p(-probability));
}
