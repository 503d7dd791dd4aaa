import { checkOptions, checkRandom, type Random } from '@nn/tensor';
import type { Dataset } from './dataset.ts';
import { checkCount, checkFinite } from './drawing.ts';
import { checkPrecision, inPrecision, type Precision } from './precision.ts';

/**
 * One period of the sine, for regression.
 *
 *   x = 0, 1/n, 2/n, … (n − 1)/n,  y = sin 2πx + noise · randn
 *
 * Without noise it is the `sine_data` of the package nnfs, and nothing is random.
 *
 * @param options.samples  how many points
 * @param options.noise    standard deviation of the noise on y; none is drawn when it is left out
 * @param options.random   draws the noise
 * @returns x [samples, 1], y [samples, 1]
 * @throws RangeError when samples is not a positive integer, or noise is negative
 * @throws DTypeError when dtype is neither float32 nor float64, or noise comes without a generator
 * @example String(sine({ samples: 4 }).x.T)   // [[0.   0.25 0.5  0.75]]
 * @example String(sine({ samples: 2, noise: 0.1, random: randomState(0) }).y.T)   // [[0.17640524 0.04001572]]
 */
export function sine(
  options: {
    readonly samples?: number;
    readonly noise?: number;
    readonly random?: Random;
    readonly dtype?: Precision;
  } = {},
): Dataset<[number, 1], [number, 1]> {
  const {
    samples = 1000,
    noise,
    random,
    dtype = 'float32',
  } = checkOptions('sine', options, ['samples', 'noise', 'random', 'dtype']);
  checkCount(samples, 'samples', 'sine');
  checkPrecision(dtype, 'sine');
  if (noise !== undefined) checkFinite(noise, 'noise', 'sine', 0);
  const drawn =
    noise === undefined
      ? undefined
      : checkRandom(random, 'sine').normal([samples], { dtype: 'float64' }).mul(noise).data;
  const x = Float64Array.from({ length: samples }, (_, sample) => sample / samples);
  const y = x.map((value, sample) => Math.sin(2 * Math.PI * value) + (drawn?.[sample] ?? 0));
  return { x: inPrecision(x, [samples, 1], dtype), y: inPrecision(y, [samples, 1], dtype) };
}
