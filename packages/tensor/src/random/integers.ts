import type { DType } from '../dtype.ts';
import type { Shape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { counting, draw } from './draw.ts';
import { checkNumber } from '../check-number.ts';
import type { Random } from './random.ts';
import { drawWhole } from './whole.ts';

/** The whole numbers to draw from, `low` ≤ n < `high`. */
export interface IntegersOptions {
  /** 0 unless given. */
  readonly low?: number;
  /** The first number that is too large. */
  readonly high: number;
  /** int32 unless given; float64 holds whole numbers up to 2⁵³. */
  readonly dtype?: DType;
}

/**
 * Whole numbers, low ≤ n < high, all equally likely.
 *
 * @throws RangeError when low is not below high, or the dtype does not hold them
 * @example String(integers(randomState(0), [5], { high: 10 }))   // [5 0 3 3 7]
 */
export function integers(random: Random, shape: undefined, options: IntegersOptions): number;
export function integers<const S extends Shape | []>(random: Random, shape: S, options: IntegersOptions): Tensor<S>;
export function integers(
  { source }: Random,
  shape: Shape | undefined,
  { low = 0, high, dtype = 'int32' }: IntegersOptions = {} as IntegersOptions,
): number | Tensor {
  const most = 2 ** (dtype === 'int32' ? 31 : 53);
  checkEnd('integers', 'low', low, -most, most, dtype);
  checkEnd('integers', 'high', high, -most, most, dtype);
  checkNumber('integers', 'high', high, low < high, `above low, which is ${low}`);
  const range = high - low;
  checkNumber('integers', 'high − low', range, range <= 2 ** 53, 'at most 2 ** 53');
  return draw('integers', shape, dtype, counting, () => low + drawWhole(source, range));
}

/** An end of an interval of whole numbers that a dtype holds. */
export function checkEnd(
  asked: string,
  name: string,
  value: number,
  least: number,
  most: number,
  dtype: string,
): number {
  const fits = Number.isInteger(value) && value >= least && value <= most;
  return checkNumber(asked, name, value, fits, `a whole number from ${least} to ${most} for ${dtype}`);
}
