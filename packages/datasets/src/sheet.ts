import type { Tensor } from '@nn/tensor';
import type { Dataset } from './dataset.ts';
import type { Drawing } from './drawing.ts';
import type { Precision } from './precision.ts';

/** What data sets of a bent sheet take. */
export interface Sheet extends Drawing {
  /** How many points. */
  readonly samples?: number;
  /** The standard deviation of the normal noise on the three coordinates. */
  readonly noise?: number;
}

/** The points of a sheet, given by its three rows of coordinates, its noise likewise, and the place of each point. */
export function inSpace(
  sheet: Tensor,
  place: Tensor,
  noise: Tensor,
  dtype: Precision,
): Dataset<[number, 3], [number, 1]> {
  return {
    x: sheet.add(noise).T.cast(dtype) as Tensor<[number, 3]>,
    y: place.expandDims(1).cast(dtype) as Tensor<[number, 1]>,
  };
}
