import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { allCells, type CellFile, cellNumbers, readCell } from '../src/cells/cell-files.ts';
import { modules } from '../src/cells/modules.ts';
import { PageScope } from '../src/cells/scope.ts';
import { show } from '../src/cells/show.ts';
import { contentPages } from '../src/site/content-pages.ts';

interface NotebookCell {
  readonly cell: number | string;
  readonly printed?: string;
  readonly printed2?: string;
}

const golden = new URL('../../integration/golden/notebook.json', import.meta.url);
const notebook = JSON.parse(readFileSync(golden, 'utf8')) as readonly NotebookCell[];
const numbered = notebook.filter(({ cell }) => typeof cell === 'number');

/** Every `<nn-cell>` of the pages, with the number of its notebook cell if it has one. */
const shown = contentPages().flatMap(({ name, tags }) =>
  tags.flatMap(({ name: tag, attributes: { n, in: cell } }) =>
    tag === 'nn-cell' ? [{ page: name, n: Number(n), cell }] : [],
  ),
);

/** What a cell prints when the page runs it after the cells before it. */
async function printed({ page, number }: CellFile): Promise<string> {
  let cell = -1;
  const lines: string[][] = [];
  const scope = new PageScope({ modules, console: { log: (...values) => void lines[cell]!.push(show(...values)) } });
  const sources = cellNumbers(page)
    .filter((each) => each <= number)
    .map((each) => readCell(page, each).source);
  await scope.run(sources, (begun) => {
    cell = begun;
    lines[cell] = [];
  });
  return lines.at(-1)!.join('\n');
}

describe('every cell', () => {
  test.each(allCells().map((cell) => [`${cell.page}/${cell.number}`, cell] as const))(
    '%s prints its recorded output',
    async (_name, cell) => {
      expect(await printed(cell)).toBe(cell.output);
    },
  );

  test('is shown once on its page, in order', () => {
    const files = allCells().map(({ page, number }) => `${page}/${number}`);
    expect(shown.map(({ page, n }) => `${page}/${n}`).toSorted()).toEqual(files.toSorted());
    for (const page of new Set(shown.map((each) => each.page))) {
      expect(shown.filter((each) => each.page === page).map(({ n }) => n)).toEqual(cellNumbers(page));
    }
  });
});

describe('the cells of the notebook', () => {
  test('are all shown, each once', () => {
    const cells = shown.flatMap(({ cell }) => (cell === undefined ? [] : [Number(cell)]));
    expect(cells.toSorted((a, b) => a - b)).toEqual(numbered.map(({ cell }) => Number(cell)).toSorted((a, b) => a - b));
    expect(cells).toHaveLength(15);
  });

  test.each(numbered.map((one) => [one.cell, one] as const))(
    'cell %i prints what the notebook printed',
    (number, one) => {
      const { page, n } = shown.find(({ cell }) => cell === String(number))!;
      const lines = [one.printed, one.printed2].filter((text) => text !== undefined);
      // Jupyter shows the last value of cell 67 as its repr, `array([1., 1., 1.])`. The cell here prints it.
      const expected = lines.join('\n').replace(/array\((.*)\)/, (_all, inner: string) => inner.replaceAll(', ', ' '));
      expect(readCell(page, n).output).toBe(expected);
    },
  );
});
