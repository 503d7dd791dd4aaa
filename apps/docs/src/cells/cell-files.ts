import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A cell: the code in `cells/PAGE/N.ts` and the recorded output in `N.out`. */
export interface CellFile {
  readonly page: string;
  readonly number: number;
  readonly path: string;
  readonly source: string;
  readonly output: string;
}

const folder = join(import.meta.dirname, '../../cells');

/** Reads a cell. Code and output are without their final line break. */
export function readCell(page: string, number: number): CellFile {
  const path = join(folder, page, `${number}.ts`);
  if (!existsSync(path)) throw new Error(`Page ${page} has no cell ${number}: write cells/${page}/${number}.ts.`);
  const recorded = path.replace(/\.ts$/, '.out');
  if (!existsSync(recorded)) {
    throw new Error(`cells/${page}/${number}.ts has no recorded output: run pnpm --filter @nn/docs run record.`);
  }
  return { page, number, path, source: text(path), output: text(recorded) };
}

/** All cells, page by page, in order. */
export function allCells(): readonly CellFile[] {
  return readdirSync(folder)
    .toSorted()
    .flatMap((page) => cellNumbers(page).map((number) => readCell(page, number)));
}

/** The numbers of a page's cells, in order. */
export function cellNumbers(page: string): readonly number[] {
  if (!existsSync(join(folder, page))) return [];
  const files = readdirSync(join(folder, page)).filter((file) => file.endsWith('.ts'));
  return files.map((file) => Number.parseInt(file, 10)).toSorted((a, b) => a - b);
}

const text = (path: string): string => readFileSync(path, 'utf8').replace(/\n$/, '');
