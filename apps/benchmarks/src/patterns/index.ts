import type { ComputeDType, Tensor } from '@nn/tensor';
import type { PatternTask } from '../task.ts';
import type { Workload } from '../workload.ts';
import { arrangements } from './arrangements.ts';
import { elementwise } from './elementwise.ts';
import { drawOf, type Pattern, type PatternProgram, toleranceOf } from './pattern.ts';
import { products } from './products.ts';
import { reductions } from './reductions.ts';
import { training } from './training.ts';

export const patterns: readonly Pattern[] = [...elementwise, ...reductions, ...products, ...arrangements, ...training];

function patternNamed(name: string): Pattern {
  const pattern = patterns.find((each) => each.name === name);
  if (!pattern) throw new Error(`There is no pattern "${name}".`);
  return pattern;
}

/** The program of a pattern with inputs of one dtype. */
export function programOf(name: string, dtype: ComputeDType): PatternProgram {
  return patternNamed(name).program(drawOf(dtype));
}

/** What the result looks like, found by running the program once. */
export function resultOf(name: string, dtype: ComputeDType): Tensor {
  const { inputs, tensors } = programOf(name, dtype);
  return tensors(...inputs);
}

/** The stated reason why compiling loses. */
export function reasonOf(name: string, dtype: ComputeDType): string | undefined {
  return patternNamed(name).reasons?.[dtype];
}

/** One pattern with one dtype, as contestants are timed at it. */
export interface PatternWorkload extends Workload {
  readonly task: () => PatternTask;
  readonly pattern: string;
  readonly dtype: ComputeDType;
}

/** Every pattern with each of its dtypes. */
export const patternWorkloads: readonly PatternWorkload[] = patterns.flatMap((pattern) =>
  pattern.dtypes.map((dtype) => ({
    name: `patterns/${pattern.name}/${dtype}`,
    title: `${pattern.name}, ${dtype}`,
    pattern: pattern.name,
    dtype,
    task: () => ({ kind: 'pattern', pattern: pattern.name, dtype }) as const,
    expected() {
      const { inputs, loops } = programOf(pattern.name, dtype);
      const out = resultOf(pattern.name, dtype).elements().slice();
      loops(out, ...inputs.map((x) => x.elements()));
      return out;
    },
    tolerance: toleranceOf(pattern, dtype),
  })),
);
