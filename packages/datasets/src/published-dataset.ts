import type { Shape } from '@nn/tensor';
import type { Dataset } from './dataset.ts';

/** Measured data, with what is to be known of it. */
export interface PublishedDataset<X extends Shape = Shape, Y extends Shape = Shape> extends Dataset<X, Y> {
  /** What each column of `x` holds. */
  readonly featureNames: readonly string[];
  /** What the numbers of `y` stand for: class 0 first. */
  readonly classNames: readonly string[];
  readonly description: string;
  /** Where it was published. */
  readonly source: string;
  readonly licence: string;
  /** Whom to credit, as the licence asks. */
  readonly citation: string;
}

export const attribution = 'CC BY 4.0, https://creativecommons.org/licenses/by/4.0/';
