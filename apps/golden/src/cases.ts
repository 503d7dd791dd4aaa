import { readFileSync } from 'node:fs';
import type { Tolerance } from './fault.ts';
import type { GoldenTensor } from './golden-tensor.ts';

/** One recorded case: inputs, outputs and tolerances. */
export interface GoldenCase {
  readonly op: string;
  readonly name?: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly inputs: Readonly<Record<string, GoldenTensor>>;
  readonly outputs: Readonly<Record<string, GoldenTensor>>;
  readonly tolerance: Readonly<Record<'float32' | 'float64', Tolerance>>;
}

/** Reads the cases of a JSON file. NaN and the infinities, which JSON has not got, stand in `data` as text. */
export function goldenCases<Case = GoldenCase>(file: URL): readonly Case[] {
  return (JSON.parse(readFileSync(file, 'utf8'), numbers) as { readonly cases: readonly Case[] }).cases;
}

function numbers(key: string, value: unknown): unknown {
  if (key !== 'data' || !Array.isArray(value)) return value;
  return value.map((each: unknown) => (typeof each === 'string' ? Number(each) : each));
}
