import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { escapeHtml } from '../figures/escape-html.ts';

const root = join(import.meta.dirname, '../../../..');

/** The table in which the README says how fast a training step is: the one place where that is written by hand. */
export function speedTable(readme: string = readFileSync(join(root, 'README.md'), 'utf8')): string {
  const section = readme.slice(readme.indexOf('**In speed.**'));
  const table = /(^\|.*\n)+/m.exec(section)?.[0];
  if (!readme.includes('**In speed.**') || table === undefined) {
    throw new Error('README.md has no table after "**In speed.**": the start page shows what was measured from there.');
  }
  return table.trimEnd();
}

/** That table as HTML. */
export function speedHtml(): string {
  const rows = speedTable()
    .split('\n')
    .filter((line) => !/^[|\s:-]+$/.test(line) || /\w/.test(line))
    .map((line) =>
      line
        .replace(/^\||\|$/g, '')
        .split('|')
        .map((cell) => inline(cell.trim())),
    );
  const [head, ...body] = rows;
  const row = (cells: readonly string[], kind: string): string =>
    `<tr>${cells.map((cell) => (cell === '' ? '<td></td>' : `<${kind}>${cell}</${kind}>`)).join('')}</tr>`;
  return `<table><thead>${row(head!, 'th')}</thead><tbody>${body.map((cells) => row(cells, 'td')).join('')}</tbody></table>`;
}

/** The little Markdown that a cell of the table may hold: code, bold, and links, of which the text is kept. */
const inline = (text: string): string =>
  escapeHtml(text)
    .replace(/`([^`]+)`/g, '<code>$1</code>')
    .replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>')
    .replace(/\[([^\]]+)\]\([^)]*\)/g, '$1');
