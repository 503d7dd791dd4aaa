import type { Points } from '../protocol.ts';
import type { Domain } from './domain.ts';
import type { Context } from './image.ts';
import { css, type Palette, colorIndex } from './palette.ts';
import { markPaths } from './mark-path.ts';

/** How the data points of a picture are drawn. */
export interface MarkSettings {
  readonly domain: Domain;
  readonly size: number;
  readonly palette: Palette;
  readonly inputs: 1 | 2;
  /** Regression targets are coloured by value instead of by class. */
  readonly regression: boolean;
  readonly radius: number;
}

/** Draws the data points: training data filled, test data hollow. */
export function drawMarks(
  context: Context,
  { x, y, trained }: Points,
  { domain, size, palette, inputs, regression, radius }: MarkSettings,
): void {
  const toX = (value: number): number => ((value - domain.x[0]) / (domain.x[1] - domain.x[0])) * size;
  const toY = (value: number): number => size - ((value - domain.y[0]) / (domain.y[1] - domain.y[0])) * size;
  const paths = markPaths.map((outline) => {
    const path = new Path2D();
    path.addPath(new Path2D(outline), new DOMMatrix([radius, 0, 0, radius, 0, 0]));
    return path;
  });
  context.lineWidth = 1;
  for (let row = 0; row < y.length; row++) {
    const target = y[row]!;
    const [left, top] = inputs === 1 ? [toX(x[row]!), toY(target)] : [toX(x[row * 2]!), toY(x[row * 2 + 1]!)];
    const path = paths[regression ? 0 : target]!;
    const color = regression ? valueColor(target, inputs, palette) : css(palette.classes[target]!);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.scale(context.canvas.width / size, context.canvas.width / size);
    context.translate(left, top);
    if (row < trained) {
      context.fillStyle = color;
      context.fill(path);
      // With one input the points overlap, so outlines would hide them.
      if (inputs === 1) continue;
      context.strokeStyle = css(palette.paper, 0.9);
    } else {
      context.fillStyle = css(palette.paper, 0.85);
      context.fill(path);
      context.strokeStyle = color;
    }
    context.stroke(path);
  }
  context.setTransform(1, 0, 0, 1, 0, 0);
}

function valueColor(value: number, inputs: 1 | 2, palette: Palette): string {
  if (inputs === 1) return css(palette.ink, 0.5);
  const color = palette.diverging[colorIndex(value, 1)]!;
  return css([color & 255, (color >> 8) & 255, (color >> 16) & 255]);
}
