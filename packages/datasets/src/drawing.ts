import { DTypeError, type Random } from '@nn/tensor';
import { checkPrecision, type Precision } from './precision.ts';

/** What every drawn data set takes. */
export interface Drawing {
  /** Where the draws come from: `randomState(seed)` draws what NumPy draws. */
  readonly random: Random;
  /** The dtype of the numbers: float32 unless float64 is named. */
  readonly dtype?: Precision;
}

/** What every data set takes whose rows come in random order, unless told otherwise. */
export interface Shuffling extends Drawing {
  /** Shall the rows be mixed? Otherwise they stay sorted by class. */
  readonly shuffle?: boolean;
}

/**
 * Gives the generator back when it is one.
 *
 * @throws DTypeError when none is given
 */
export function checkRandom(random: Random | undefined, asked: string): Random {
  if (typeof random?.normal !== 'function') {
    throw new DTypeError(
      `${asked}: random must be a generator, got ${random === undefined ? 'none' : String(random)}. ` +
        `Write random: randomState(0), or another seed.`,
    );
  }
  return random;
}

/** @throws DTypeError when no generator is given, or the dtype is neither float32 nor float64 */
export function checkDrawing(random: Random, dtype: Precision, asked: string): void {
  checkRandom(random, asked);
  checkPrecision(dtype, asked);
}
