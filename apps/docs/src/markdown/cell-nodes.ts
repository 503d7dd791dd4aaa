import type { RootContent } from 'mdast';
import { readCell } from '../cells/cell-files.ts';
import { escapeHtml } from '../figures/escape-html.ts';

/**
 * A cell as a page holds it: its code, highlighted, its recorded output, and the buttons that its element brings to life.
 *
 * `n` is its number on the page, `in` the number that it bears in the notebook, if it is one of the notebook's.
 */
export function cellNodes(page: string, { n, in: notebook }: Readonly<Record<string, string>>): readonly RootContent[] {
  const { source, output } = readCell(page, Number(n));
  const name = notebook === undefined ? `Cell ${n}` : `In [${notebook}]`;
  const by = notebook === undefined ? 'It prints' : 'The notebook printed';
  const nothing = notebook === undefined ? 'It prints nothing.' : 'The notebook printed nothing here.';
  return [
    html(
      `<nn-cell class="not-content" n="${n}"><div class="cell-bar"><span class="cell-name">${name}</span>` +
        `<button type="button" data-part="restore" hidden>Restore</button>` +
        `<button type="button" data-part="run" aria-label="Run ${name}">Run</button></div>` +
        `<div data-part="code" role="group" aria-label="Code of ${name}, to read and to change">`,
    ),
    { type: 'code', lang: 'ts', meta: 'frame="none"', value: source },
    html(
      `</div><div class="cell-outputs"><div data-part="stored"><p>${output === '' ? nothing : `${by}:`}</p>` +
        `<pre tabindex="0" aria-label="Recorded output of ${name}"${output === '' ? ' hidden' : ''}>${escapeHtml(output)}</pre></div>` +
        `<div data-part="live" role="status" hidden><p></p>` +
        `<pre tabindex="0" aria-label="Output of ${name}, just now"></pre></div></div></nn-cell>`,
    ),
  ];
}

const html = (value: string): RootContent => ({ type: 'html', value });
