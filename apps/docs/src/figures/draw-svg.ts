import { escapeHtml } from './escape-html.ts';
import type { Mark, Point, Scene } from './scene.ts';

/**
 * A scene as SVG. The site build and the page produce the same text.
 *
 * @param title  the accessible label starts with it; the description of the scene follows
 */
export function drawSvg({ width, height, marks, description }: Scene, title: string): string {
  return (
    `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeHtml(`${title}. ${description}`)}">` +
    `${marks.map(drawMark).join('')}</svg>`
  );
}

function drawMark(mark: Mark): string {
  switch (mark.kind) {
    case 'path': {
      const { points, tone, width = 2, dashed = false, closed = false, fill } = mark;
      const extra = `${dashed ? ' stroke-dasharray="5 4"' : ''}${fill === undefined ? '' : ` fill-opacity="${fill}"`}`;
      return `<path class="${fill === undefined ? 'line' : 'area'} ${tone}" d="${outline(points)}${closed ? 'Z' : ''}" stroke-width="${width}"${extra}/>`;
    }
    case 'circle': {
      const { at, radius, tone, fill = tone } = mark;
      return `<circle class="dot ${tone} fill-${fill}" cx="${n(at[0])}" cy="${n(at[1])}" r="${n(radius)}"/>`;
    }
    case 'rect': {
      const { at, size, tone, round = 0, fill = 1 } = mark;
      return `<rect class="area ${tone}" x="${n(at[0])}" y="${n(at[1])}" width="${n(size[0])}" height="${n(size[1])}" rx="${round}" fill-opacity="${fill}"/>`;
    }
    case 'text': {
      const { at, text, tone = 'ink', size = 13, anchor = 'start', bold = false } = mark;
      return `<text class="${tone}" x="${n(at[0])}" y="${n(at[1])}" font-size="${size}" text-anchor="${anchor}"${bold ? ' font-weight="600"' : ''}>${escapeHtml(text)}</text>`;
    }
    case 'handle':
      return `<circle class="handle ${mark.tone}" cx="${n(mark.at[0])}" cy="${n(mark.at[1])}" r="9"/>`;
  }
}

/** Rounds a coordinate to tenths, which keeps the SVG small. */
const n = (value: number): string => String(Math.round(value * 10) / 10);

const outline = (points: readonly Point[]): string =>
  points.map(([x, y], at) => `${at === 0 ? 'M' : 'L'}${n(x)} ${n(y)}`).join('');
