import { readFileSync } from 'node:fs';
import type { Shape, Tensor } from '@nn/tensor';
import { expect } from 'vitest';
import type { Precision } from '../src/precision.ts';

/** A tensor as the golden file writes it: all numbers, or a summary. */
export interface Output {
  readonly shape: readonly number[];
  readonly data?: readonly number[];
  readonly first?: readonly (readonly number[])[];
  readonly last?: readonly (readonly number[])[];
  readonly sum?: number;
  readonly column_sums?: readonly number[];
  readonly sum_of_squares?: number;
}

interface Close {
  readonly rtol: number;
  readonly atol: number;
}

export interface ToyCase {
  readonly op: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly inputs: Readonly<Record<string, Output>>;
  readonly outputs: Readonly<Record<string, Output>>;
  readonly tolerance: {
    readonly float32: Close;
    readonly float64: Close;
    readonly sums?: Readonly<Record<Precision, number>>;
  };
}

const golden = JSON.parse(readFileSync(new URL('../golden/toy_datasets.json', import.meta.url), 'utf8')) as {
  readonly cases: readonly ToyCase[];
};

/** How many cases of each operation there are. */
export function counts(): Record<string, number> {
  const found: Record<string, number> = {};
  for (const { op } of golden.cases) found[op] = (found[op] ?? 0) + 1;
  return found;
}

/** The cases of one operation of scikit-learn. */
export function casesOf(op: string): readonly ToyCase[] {
  return golden.cases.filter((each) => each.op === op);
}

/** The same cases, once for each dtype. */
export function casesInBothPrecisions(
  op: string,
): readonly (ToyCase & { readonly dtype: Precision; readonly title: string })[] {
  return casesOf(op).flatMap((each) =>
    (['float64', 'float32'] as const).map((dtype) => ({
      ...each,
      dtype,
      title: `${dtype} ${JSON.stringify(each.config)}`,
    })),
  );
}

/** Expects the numbers, and their sums, within the tolerance of the case. */
export function expectOutput(
  actual: Tensor,
  output: Output,
  { tolerance, dtype }: ToyCase & { readonly dtype: Precision },
): void {
  const data = Array.from(actual.data);
  const columns = output.shape.length > 1 ? output.shape[1]! : 1;
  expect(data).toHaveLength(sizeOf(output.shape));
  const { rtol, atol } = tolerance[dtype];
  const close = (from: number, expected: readonly number[]): void => {
    for (const [at, want] of expected.entries()) {
      const got = data[from + at]!;
      if (!(Math.abs(got - want) <= atol + rtol * Math.abs(want)))
        expect.fail(`element ${from + at} is ${got}, not ${want}`);
    }
  };
  if (output.data) close(0, output.data);
  if (output.first) close(0, output.first.flat());
  if (output.last) close(data.length - output.last.flat().length, output.last.flat());
  const sums: [number, number | undefined][] = [
    [sumOf(data), output.sum],
    [sumOf(data.map((value) => value * value)), output.sum_of_squares],
    ...(output.column_sums ?? []).map((sum, column): [number, number] => [
      sumOf(data.filter((_, at) => at % columns === column)),
      sum,
    ]),
  ];
  const allowed = tolerance.sums?.[dtype] ?? 0;
  for (const [got, want] of sums) {
    if (want !== undefined && !(Math.abs(got - want) <= allowed)) expect.fail(`a sum is ${got}, not ${want}`);
  }
}

function sizeOf(shape: Shape): number {
  return shape.reduce((size, length) => size * length, 1);
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
