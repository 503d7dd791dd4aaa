import { contours } from 'd3-contour';
import type { Context } from './image.ts';
import { css, type Palette } from './palette.ts';
import { margins } from './class-probabilities.ts';

/** The type of `drawDecisionBoundaries`, which is loaded on demand together with the training code. */
export type DrawDecisionBoundaries = typeof drawDecisionBoundaries;

/** Draws the decision boundaries between the classes. */
export function drawDecisionBoundaries(
  context: Context,
  probabilities: Float32Array,
  {
    classes,
    side,
    size,
    palette,
  }: { readonly classes: number; readonly side: number; readonly size: number; readonly palette: Palette },
): void {
  const trace = contours().size([side, side]);
  context.save();
  context.scale(size / side, size / side);
  context.lineWidth = (1.25 * side) / size;
  context.strokeStyle = css(palette.ink, 0.55);
  context.beginPath();
  // Two classes have one boundary.
  for (let label = 0; label < (classes === 2 ? 1 : classes); label++) {
    const margin = margins(probabilities, classes, label);
    // If the margin is 0 everywhere, there is no boundary.
    if (margin.every((value) => value === 0)) continue;
    for (const polygon of trace.contour(margin as unknown as number[], 0).coordinates) {
      for (const ring of polygon) traceRing(context, ring, side);
    }
  }
  context.stroke();
  context.restore();
}

/** Adds a closed contour to the path, without the segments along the edge of the picture. */
function traceRing(context: Context, ring: readonly (readonly number[])[], side: number): void {
  const onEdge = ([x, y]: readonly number[]): boolean => x! <= 0 || y! <= 0 || x! >= side || y! >= side;
  for (const [at, point] of ring.entries()) {
    const before = ring[at - 1];
    if (!before || (onEdge(before) && onEdge(point))) context.moveTo(point[0]!, point[1]!);
    else context.lineTo(point[0]!, point[1]!);
  }
}
