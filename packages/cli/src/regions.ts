import type { Model } from '@nn/layers';
import { fromTypedArray, type Tensor } from '@nn/tensor';

/** A part of the plane. */
export interface Window {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}

/** What a model says about a grid of points: the raw scores of each class, row after row from the top. */
export interface Regions {
  readonly columns: number;
  readonly rows: number;
  readonly classes: number;
  readonly scores: ArrayLike<number>;
}

/** The square window that holds all points, and a margin. */
export function windowAround(points: Tensor): Window {
  const reach = points.abs().max().item() * 1.08;
  return { left: -reach, right: reach, bottom: -reach, top: reach };
}

/** Asks a model of two inputs about the middle of every cell of a grid. */
export function regionsOf(model: Model, window: Window, columns: number, rows: number): Regions {
  const points = new Float32Array(columns * rows * 2);
  for (let row = 0, at = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      points[at++] = window.left + ((column + 0.5) / columns) * (window.right - window.left);
      points[at++] = window.top - ((row + 0.5) / rows) * (window.top - window.bottom);
    }
  }
  const scores = model(fromTypedArray(points, [columns * rows, 2]));
  return { columns, rows, classes: scores.shape[1]!, scores: scores.data };
}

/** The class with the highest score in a cell. */
export function classAt({ classes, scores }: Regions, cell: number): number {
  let best = 0;
  for (let label = 1; label < classes; label++) {
    if (scores[cell * classes + label]! > scores[cell * classes + best]!) best = label;
  }
  return best;
}
