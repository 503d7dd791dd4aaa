import type { RootContent } from 'mdast';
import { readCell } from '../cells/cell-files.ts';
import { escapeHtml } from '../figures/escape-html.ts';

/**
 * The static HTML of a cell: highlighted code, recorded output, and the buttons that the custom element activates.
 *
 * `n` is the number of the cell on its page, `in` its number in the notebook, if the notebook has it.
 */
export function cellNodes(page: string, { n, in: notebook }: Readonly<Record<string, string>>): readonly RootContent[] {
  const { source, output } = readCell(page, Number(n));
  const name = notebook === undefined ? `Cell ${n}` : `In [${notebook}]`;
  const by = notebook === undefined ? 'Recorded output' : 'Output in the notebook';
  const nothing = notebook === undefined ? 'No output.' : 'No output in the notebook.';
  return [
    html(
      `<nn-cell class="not-content" n="${n}"><div class="cell-bar"><span class="cell-name">${name}</span>` +
        `<button type="button" data-part="restore" hidden>Restore</button>` +
        `<button type="button" data-part="run" aria-label="Run ${name}">Run</button></div>` +
        `<div data-part="code" role="group" aria-label="Code of ${name}, editable">`,
    ),
    { type: 'code', lang: 'ts', meta: 'frame="none"', value: source },
    html(
      `</div><div class="cell-outputs"><div data-part="stored"><p>${output === '' ? nothing : `${by}:`}</p>` +
        `<pre tabindex="0" aria-label="Recorded output of ${name}"${output === '' ? ' hidden' : ''}>${escapeHtml(output)}</pre></div>` +
        `<div data-part="live" role="status" hidden><p></p>` +
        `<pre tabindex="0" aria-label="Output of ${name}, last run"></pre></div></div></nn-cell>`,
    ),
  ];
}

const html = (value: string): RootContent => ({ type: 'html', value });
