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
  readonly config: Readonly<Record<string, unknown>>;
  readonly inputs: Readonly<Record<string, GoldenTensor>>;
  readonly cotangents?: { readonly output: GoldenTensor };
  readonly outputs: { readonly output: GoldenTensor };
  readonly grads: Readonly<Record<string, GoldenTensor>>;
  readonly tolerance: Readonly<Record<'float32' | 'float64', Tolerance>>;
}

/** The cases of a file in `golden/`. */
export function goldenCases<Case>(file: string): readonly Case[] {
  const text = readFileSync(new URL(`../golden/${file}`, import.meta.url), 'utf8');
  return (JSON.parse(text) as { readonly cases: readonly Case[] }).cases;
}

/** The tensor in a dtype, class numbers in int32; what was written as float32 is rounded to float32 first. */
export function read({ shape, dtype, data }: GoldenTensor, as: DType): Tensor {
  const exact = dtype === 'float32' ? data.map(Math.fround) : [...data];
  return tensor(exact, { dtype: dtype === 'int64' ? 'int32' : as }).reshape(shape);
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

/** How many float64 numbers lie between two, the second included: 0 when they are equal, 1 when they are neighbours. */
export function unitsApart(a: number, b: number): number {
  if (a === b) return 0;
  const [first, second] = new BigInt64Array(new Float64Array([a, b]).buffer);
  // Negative numbers are counted downwards from 0.
  const place = (bits: bigint): bigint => (bits < 0n ? -(bits & 0x7fff_ffff_ffff_ffffn) : bits);
  const apart = place(first!) - place(second!);
  return Number(apart < 0n ? -apart : apart);
}
