import type { Tensor } from '@nn/tensor';
import type { Dataset } from './dataset.ts';
import type { Drawing } from './drawing.ts';
import type { Precision } from './precision.ts';

/** The options of data sets of a bent sheet. */
export interface Sheet extends Drawing {
  /** How many points. */
  readonly samples?: number;
  /** The standard deviation of the normal noise on the three coordinates. */
  readonly noise?: number;
}

/** The points of a sheet: three rows of coordinates, their noise, and the position of each point along the sheet. */
export function inSpace(
  sheet: Tensor,
  position: Tensor,
  noise: Tensor,
  dtype: Precision,
): Dataset<[number, 3], [number, 1]> {
  return {
    x: sheet.add(noise).T.cast(dtype) as Tensor<[number, 3]>,
    y: position.expandDims(1).cast(dtype) as Tensor<[number, 1]>,
  };
}
