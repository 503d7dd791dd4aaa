import { readFileSync } from 'node:fs';
import { type DType, tensor, type Tensor } from '@nn/tensor';

/** A tensor as the reference files write it. */
export interface GoldenTensor {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly data: readonly number[];
}

interface Tolerance {
  readonly rtol: number;
  readonly atol: number;
}

export interface GoldenCase {
  readonly op: 'sgd' | 'adagrad' | 'rmsprop' | 'adam';
  readonly config: Readonly<Record<string, unknown>>;
  readonly inputs: Readonly<Record<string, GoldenTensor>>;
  readonly outputs: Readonly<Record<string, GoldenTensor>>;
  readonly schedule?: { readonly step_size: number; readonly gamma: number };
  readonly tolerance: Readonly<Record<'float32' | 'float64', Tolerance>>;
}

export function goldenCases(): readonly GoldenCase[] {
  const text = readFileSync(new URL('../golden/optimizers.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { readonly cases: readonly GoldenCase[] }).cases;
}

/** The tensor in a dtype; what was written as float32 is rounded to float32 first. */
export function read({ shape, dtype, data }: GoldenTensor, as: DType): Tensor {
  const exact = dtype === 'float32' ? data.map(Math.fround) : [...data];
  return tensor(exact, { dtype: as }).reshape(shape);
}

/** The first number that is off, in words; undefined when all are as they should be. */
export function fault(got: ArrayLike<number>, want: ArrayLike<number>, { rtol, atol }: Tolerance): string | undefined {
  if (got.length !== want.length) return `${got.length} numbers instead of ${want.length}`;
  for (let at = 0; at < want.length; at++) {
    const near = Math.abs(got[at]! - want[at]!) <= atol + rtol * Math.abs(want[at]!);
    if (!near) return `number ${at} is ${got[at]}, and should be ${want[at]}`;
  }
  return undefined;
}
