import { checkNumber, checkRandom, type Random } from '@nn/tensor';
import { checkPrecision, type Precision } from './precision.ts';

/** The options of every drawn data set. */
export interface Drawing {
  /** Where the draws come from: `randomState(seed)` draws what NumPy draws. */
  readonly random: Random;
  /** The dtype of the numbers: float32 unless float64 is named. */
  readonly dtype?: Precision;
}

/** The options of every data set whose rows are shuffled by default. */
export interface Shuffling extends Drawing {
  /** Shuffle the rows; otherwise they stay sorted by class. True unless given. */
  readonly shuffle?: boolean;
}

/** @throws DTypeError when no generator is given, or the dtype is neither float32 nor float64 */
export function checkDrawing(random: Random, dtype: Precision, caller: string): void {
  checkRandom(random, caller);
  checkPrecision(dtype, caller);
}

/**
 * Returns a count.
 *
 * @throws RangeError, TypeError when it is not an integer, or below `least`
 */
export function checkCount(count: number, name: string, caller: string, least = 1): number {
  const fits = Number.isInteger(count) && count >= least;
  const requirement = least === 1 ? 'a positive integer' : `an integer, at least ${least}`;
  return checkNumber(caller, name, count, fits, requirement, 'Round it, or leave it out for the default.');
}

/**
 * Returns a finite number.
 *
 * @throws RangeError, TypeError when it is NaN, infinite, or below `least`
 */
export function checkFinite(value: number, name: string, caller: string, least: number = -Infinity): number {
  const requirement = least === -Infinity ? 'a finite number' : `a finite number, at least ${least}`;
  return checkNumber(caller, name, value, Number.isFinite(value) && value >= least, requirement);
}
