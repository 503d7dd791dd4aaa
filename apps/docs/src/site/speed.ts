import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { escapeHtml } from '../figures/escape-html.ts';

const root = join(import.meta.dirname, '../../../..');

/** The benchmark results in the README, as `pnpm bench --save` writes them: a table and a note on the conditions. */
interface BenchmarkTable {
  readonly head: readonly string[];
  readonly body: readonly (readonly string[])[];
  readonly note: string;
}

function benchmarkTable(readme: string): BenchmarkTable {
  const [, section] = /<!-- speed -->\n([\s\S]*?)<!-- \/speed -->/.exec(readme) ?? [];
  const lines = (section ?? '').split('\n').filter((line) => line.trim() !== '');
  const [head, ...body] = lines
    .filter((line) => line.startsWith('|') && /\w/.test(line))
    .map((line) =>
      line
        .replace(/^\||\|$/g, '')
        .split('|')
        .map((cell) => cell.trim()),
    );
  if (head === undefined || body.length === 0) {
    throw new Error(
      'README.md has no table between <!-- speed --> and <!-- /speed -->: `pnpm bench --save` writes it.',
    );
  }
  return { head, body, note: lines.filter((line) => !line.startsWith('|')).join(' ') };
}

/** The benchmark table as HTML, for the start page. */
export function speedHtml(readme: string = readFileSync(join(root, 'README.md'), 'utf8')): string {
  const { head, body, note } = benchmarkTable(readme);
  const cells = (row: readonly string[], kind: 'th' | 'td'): string =>
    row.map((cell) => (cell === '' ? '<td></td>' : `<${kind}>${inline(cell)}</${kind}>`)).join('');
  const rows = body.map((row) => `<tr>${cells(row, 'td')}</tr>`).join('');
  return `<table class="speed" tabindex="0"><thead><tr>${cells(head, 'th')}</tr></thead><tbody>${rows}</tbody></table><p class="note">${inline(note)}</p>`;
}

/** Renders the Markdown of a table cell: code, bold, and links, which become their text. */
const inline = (text: string): string =>
  escapeHtml(text)
    .replace(/`([^`]+)`/g, '<code>$1</code>')
    .replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>')
    .replace(/\[([^\]]+)\]\([^)]*\)/g, '$1');
