import type { DType } from '../dtype.ts';
import type { Shape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { counting, draw } from './draw.ts';
import { drawExponential } from './exponential.ts';
import { checkNumber } from '../check-number.ts';
import type { Random } from './random.ts';
import type { Source } from './source.ts';

/** How likely each trial is to succeed. */
export interface GeometricOptions {
  readonly probability: number;
  /** int32 unless given. */
  readonly dtype?: DType;
}

/**
 * How many trials it takes until the first succeeds, 1 at least; no more than 2³¹ − 1 are counted.
 *
 * @throws RangeError when the probability is not above 0 and at most 1
 * @example String(geometric(randomState(0), [5], { probability: 0.35 }))   // [2 3 3 2 2]
 */
export function geometric(random: Random, shape: undefined, options: GeometricOptions): number;
export function geometric<const S extends Shape | []>(random: Random, shape: S, options: GeometricOptions): Tensor<S>;
export function geometric(
  { source }: Random,
  shape: Shape | undefined,
  { probability, dtype }: GeometricOptions = {} as GeometricOptions,
): number | Tensor {
  const fits = probability > 0 && probability <= 1;
  checkNumber('geometric', 'probability', probability, fits, 'above 0 and at most 1');
  const trials = probability >= 0.333333333333333333 ? bySearch : byInversion;
  return draw('geometric', shape, dtype, counting, () => Math.min(trials(source, probability), 2 ** 31 - 1));
}

function bySearch(source: Source, probability: number): number {
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

function byInversion(source: Source, probability: number): number {
  return Math.ceil(-drawExponential(source) / Math.log1p(-probability));
}
