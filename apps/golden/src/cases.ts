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

/** Reads the cases of a JSON file. */
export function goldenCases<Case = GoldenCase>(file: URL): readonly Case[] {
  return (JSON.parse(readFileSync(file, 'utf8')) as { readonly cases: readonly Case[] }).cases;
}
