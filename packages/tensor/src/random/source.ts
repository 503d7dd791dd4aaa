import type { DType } from '../dtype.ts';
import type { Mt19937 } from './mt19937.ts';
import type { Pcg64 } from './pcg64.ts';

/**
 * What every distribution is made from: single draws, each of which moves the stream on.
 *
 * `random.source` is for functions that draw numbers one by one; whole tensors come from `random` itself.
 */
export type Source = MersenneSource | PcgSource;

interface SingleDraws {
  /** The next 32-bit word, 0 … 2³² − 1. */
  word(): number;
  /** Uniform in [0, 1). NumPy's PCG64 generator has streams of their own for float32; so below. */
  unit(dtype?: DType): number;
  /** Normal with mean 0 and deviation 1. */
  normal(dtype?: DType): number;
}

/** The draws of NumPy's `RandomState`, whose whole numbers come from masked words. */
export interface MersenneSource extends SingleDraws {
  readonly masked: true;
  /** Where the words stand: every draw changes it. */
  readonly bits: Mt19937;
}

/** The draws of NumPy's `Generator(PCG64)`, whose whole numbers come from products (Lemire). */
export interface PcgSource extends SingleDraws {
  readonly masked: false;
  /** Where the words stand, and the words themselves, 64 bits at a time as well. */
  readonly bits: Pcg64;
}
