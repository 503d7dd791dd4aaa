import { readFileSync } from 'node:fs';
import type { Tensor } from '@nn/tensor';
import { expect } from 'vitest';
import type { Precision } from '../src/precision.ts';

/** Numbers summed up: some rows and sums. */
export interface Summary {
  readonly shape: readonly number[];
  readonly first: readonly (readonly number[])[];
  readonly last: readonly (readonly number[])[];
  readonly sum_float64?: number;
  readonly column_sums_float64?: readonly number[];
  readonly sum_of_squares_float64?: number;
  readonly [middle: `middle_rows_from_${number}`]: readonly (readonly number[])[];
}

export interface NnfsCase {
  readonly samples: number;
  readonly classes?: number;
  readonly seed: number | null;
  readonly X: Summary;
  readonly y: Summary & { readonly counts?: readonly number[] };
  readonly next_random_sample?: number;
}

interface Close {
  readonly abs: number;
  readonly rel: number;
}

const golden = read('nnfs_datasets.json') as {
  readonly tolerance: Readonly<Record<Precision, Close>>;
  readonly after_nnfs_init_float32: Readonly<Record<string, NnfsCase>>;
  readonly plain_numpy_float64: Readonly<Record<string, NnfsCase>>;
};

/** The cases whose name begins so, as nnfs makes them in a dtype. */
export function nnfsCases(prefix: string, dtype: Precision): readonly (NnfsCase & { readonly name: string })[] {
  const cases = golden[dtype === 'float32' ? 'after_nnfs_init_float32' : 'plain_numpy_float64'];
  return Object.entries(cases).flatMap(([name, each]) => (name.startsWith(prefix) ? [{ name, ...each }] : []));
}

/** The spirals of the notebook. */
export const notebookSpirals: readonly {
  readonly cell: number;
  readonly seed: number;
  readonly discard_normals_first: number;
  readonly x: { readonly shape: readonly number[]; readonly data: readonly number[] };
}[] = (read('notebook_spirals.json') as { readonly cells: typeof notebookSpirals }).cells;

/** Expects the rows that the summary shows, and the sums of all, within the tolerance of the file. */
export function expectSummary(actual: Tensor, summary: Summary, dtype: Precision): void {
  expect(actual.shape).toEqual(summary.shape);
  const data = Array.from(actual.data);
  const columns = summary.shape[1]!;
  const { abs, rel } = golden.tolerance[dtype];
  const rows = Object.entries(summary).flatMap(([key, shown]) => {
    if (key === 'first') return [{ from: 0, shown: summary.first }];
    if (key === 'last') return [{ from: summary.shape[0]! - summary.last.length, shown: summary.last }];
    const middle = /^middle_rows_from_(\d+)$/.exec(key);
    return middle ? [{ from: Number(middle[1]), shown: shown as readonly (readonly number[])[] }] : [];
  });
  expect(rows.length).toBeGreaterThanOrEqual(2);
  for (const { from, shown } of rows) {
    for (const [at, want] of shown.flat().entries()) {
      const got = data[from * columns + at]!;
      if (!(Math.abs(got - want) <= abs + rel * Math.abs(want)))
        expect.fail(`row ${from} + ${at}: ${got}, not ${want}`);
    }
  }
  // Sums of n values may be off by n times the tolerance of one.
  const allowed = data.length * (abs + rel);
  const sums: [number, number | undefined][] = [
    [sumOf(data), summary.sum_float64],
    [sumOf(data.map((value) => value * value)), summary.sum_of_squares_float64],
    ...(summary.column_sums_float64 ?? []).map((sum, column): [number, number] => [
      sumOf(data.filter((_, at) => at % columns === column)),
      sum,
    ]),
  ];
  for (const [got, want] of sums) if (want !== undefined) expect(Math.abs(got - want)).toBeLessThanOrEqual(allowed);
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(new URL(`../golden/${file}`, import.meta.url), 'utf8'));
}
