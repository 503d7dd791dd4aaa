import { checkRandom, type Random } from '@nn/tensor';
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

/** @throws DTypeError when no generator is given, or the dtype is neither float32 nor float64 */
export function checkDrawing(random: Random, dtype: Precision, asked: string): void {
  checkRandom(random, asked);
  checkPrecision(dtype, asked);
}
