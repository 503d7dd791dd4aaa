import { readFileSync } from 'node:fs';
import { type DType, tensor, type Tensor } from '@nn/tensor';

/** A tensor as the reference files write it. */
export interface GoldenTensor {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly data: readonly number[];
}

export interface Tolerance {
  readonly rtol: number;
  readonly atol: number;
}

export interface GoldenCase {
  readonly op: string;
  readonly name?: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly inputs: Readonly<Record<string, GoldenTensor>>;
  readonly outputs: { readonly output: GoldenTensor };
  readonly tolerance: Readonly<Record<'float32' | 'float64', Tolerance>>;
}

/** The cases of one operation, numbered and named. */
export function goldenCases(op: string): readonly { readonly title: string; readonly golden: GoldenCase }[] {
  const text = readFileSync(new URL('../golden/metrics.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { readonly cases: readonly GoldenCase[] }).cases
    .filter((golden) => golden.op === op)
    .map((golden, at) => ({ title: `${at + 1} ${golden.name ?? JSON.stringify(golden.config)}`, golden }));
}

/** The tensor: whole numbers as int32, others in the given dtype. */
export function read({ shape, dtype, data }: GoldenTensor, as: DType): Tensor {
  return tensor([...data], { dtype: dtype === 'int64' ? 'int32' : as }).reshape(shape);
}

/** The first number that is off, in words; undefined when all are as they should be. */
export function fault(got: Tensor, want: GoldenTensor, { rtol, atol }: Tolerance): string | undefined {
  if (got.shape.join() !== want.shape.join()) return `shape ${got.shape} instead of ${want.shape}`;
  if (want.dtype === 'int64' && got.dtype !== 'int32') return `${got.dtype} instead of whole numbers`;
  for (const [at, number] of want.data.entries()) {
    const allowed = want.dtype === 'int64' ? 0 : atol + rtol * Math.abs(number);
    if (!(Math.abs(got.data[at]! - number) <= allowed))
      return `number ${at} is ${got.data[at]}, and should be ${number}`;
  }
  return undefined;
}
