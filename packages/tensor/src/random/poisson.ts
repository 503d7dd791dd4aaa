import type { DType } from '../dtype.ts';
import type { Shape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { counting, draw } from './draw.ts';
import { checkNumber } from '../check-number.ts';
import type { Random } from './random.ts';
import type { Source } from './source.ts';

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
  { mean, dtype }: PoissonOptions = {} as PoissonOptions,
): number | Tensor {
  checkNumber('poisson', 'mean', mean, mean >= 0 && mean <= 2e9, 'a number from 0 to 2e9');
  const next = mean >= 10 ? () => byRejection(source, mean) : () => byProduct(source, mean);
  return draw('poisson', shape, dtype, counting, mean === 0 ? () => 0 : next);
}

/** Counts how many uniform draws keep their product above e^(−mean). */
function byProduct(source: Source, mean: number): number {
  const bound = Math.exp(-mean);
  let product = source.unit();
  let events = 0;
  while (product > bound) {
    events++;
    product *= source.unit();
  }
  return events;
}

function byRejection(source: Source, mean: number): number {
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
