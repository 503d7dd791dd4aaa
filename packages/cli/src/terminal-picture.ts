import { colourOf, markOf } from './palette.ts';
import { classAt, type Regions } from './regions.ts';
import type { Terminal } from './terminal.ts';

/**
 * Decision regions as text. Characters are about twice as high as wide, so each stands for two cells, one above the
 * other. With colours it shows both; without colours it is the mark of the upper one's class.
 */
export function terminalPicture(regions: Regions, { colours }: Pick<Terminal, 'colours'>): string {
  const lines: string[] = [];
  for (let row = 0; row + 1 < regions.rows; row += 2) {
    let line = '';
    for (let column = 0; column < regions.columns; column++) {
      const upper = classAt(regions, row * regions.columns + column);
      const lower = classAt(regions, (row + 1) * regions.columns + column);
      line += colours ? halves(upper, lower) : markOf(upper);
    }
    lines.push(colours ? `${line}\u001b[0m` : line);
  }
  return `${lines.join('\n')}\n`;
}

/** ▀ in the colour of the upper cell, on a background in the colour of the lower one. */
function halves(upper: number, lower: number): string {
  return `\u001b[38;2;${channels(upper)};48;2;${channels(lower)}m▀`;
}

function channels(label: number): string {
  const colour = Number.parseInt(colourOf(label).slice(1), 16);
  return [colour >> 16, (colour >> 8) & 255, colour & 255].join(';');
}
