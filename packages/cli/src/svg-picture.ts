import { contours } from 'd3-contour';
import { colourOf } from './palette.ts';
import type { Regions, Window } from './regions.ts';
import type { LabelledData } from './tasks/task.ts';

const side = 480;
const round = (value: number): string => String(Math.round(value * 10) / 10);

const title = 'Decision regions of a network trained on';

/** Whether a text is the beginning of a picture of `svgPicture`. */
export const isPicture = (text: string): boolean => /^<svg [^>]*>\n<title>/.test(text) && text.includes(title);

/**
 * Decision regions as an SVG picture, with the training points on top.
 *
 * The border of a class is where its logit equals the largest other one, interpolated between the grid points.
 */
export function svgPicture(regions: Regions, window: Window, { x, y }: LabelledData): string {
  const { columns, rows, classes } = regions;
  const areas = Array.from({ length: classes }, (_, label) => {
    const [border] = contours().size([columns, rows]).thresholds([0])(marginOf(regions, label));
    const path = (border?.coordinates ?? [])
      .flatMap((polygon) =>
        polygon.map(
          (ring) =>
            `M${ring.map(([a, b]) => `${round((a! / columns) * side)} ${round((b! / rows) * side)}`).join('L')}Z`,
        ),
      )
      .join('');
    return `<path d="${path}" fill="${colourOf(label)}" fill-opacity=".35"/>`;
  });
  const labels = y.data;
  const points = [...x].map((point, row) => {
    const [a, b] = point.data as Float32Array;
    const right = ((a! - window.left) / (window.right - window.left)) * side;
    const down = ((window.top - b!) / (window.top - window.bottom)) * side;
    return `<circle cx="${round(right)}" cy="${round(down)}" r="3.5" fill="${colourOf(labels[row]!)}"/>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" width="${side}" height="${side}" role="img">`,
    `<title>${title} ${labels.length} points of ${classes} classes</title>`,
    `<rect width="${side}" height="${side}" fill="#fff"/>`,
    ...areas,
    `<g stroke="#fff" stroke-width="1">`,
    ...points,
    `</g>`,
    `</svg>`,
    ``,
  ].join('\n');
}

/** The logit of a class minus the largest other logit, in each cell. */
function marginOf({ classes, logits, columns, rows }: Regions, label: number): number[] {
  return Array.from({ length: columns * rows }, (_, cell) => {
    let largest = -Infinity;
    for (let other = 0; other < classes; other++) {
      if (other !== label) largest = Math.max(largest, logits[cell * classes + other]!);
    }
    return logits[cell * classes + label]! - largest;
  });
}
