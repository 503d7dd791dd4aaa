import type { Model } from '@nn/layers';
import { fromTypedArray, type Tensor } from '@nn/tensor';

/** A rectangle in the plane. */
export interface Window {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}

/** The logits of a model on a grid of points: for each cell one per class, row by row from the top. */
export interface Regions {
  readonly columns: number;
  readonly rows: number;
  readonly classes: number;
  readonly logits: ArrayLike<number>;
}

/** The smallest square around the origin that holds all points, with a margin of 8 %. */
export function windowAround(points: Tensor): Window {
  const reach = points.abs().max().item() * 1.08;
  return { left: -reach, right: reach, bottom: -reach, top: reach };
}

/** The logits of a model of two inputs at the centre of every cell of a grid. */
export function regionsOf(model: Model, window: Window, columns: number, rows: number): Regions {
  const points = new Float32Array(columns * rows * 2);
  for (let row = 0, at = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      points[at++] = window.left + ((column + 0.5) / columns) * (window.right - window.left);
      points[at++] = window.top - ((row + 0.5) / rows) * (window.top - window.bottom);
    }
  }
  const logits = model(fromTypedArray(points, [columns * rows, 2]));
  return { columns, rows, classes: logits.shape[1]!, logits: logits.data };
}

/** The class with the largest logit in a cell; the first of equal ones. */
export function classAt({ classes, logits }: Regions, cell: number): number {
  let best = 0;
  for (let label = 1; label < classes; label++) {
    if (logits[cell * classes + label]! > logits[cell * classes + best]!) best = label;
  }
  return best;
}
