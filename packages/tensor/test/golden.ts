import { readFileSync } from 'node:fs';
import { type DType, fromTypedArray, type Tensor } from '../src/index.ts';

/** A tensor as the golden files write it; NaN and infinities are strings. */
export interface Recorded {
  readonly shape: readonly number[];
  readonly dtype: 'float32' | 'float64' | 'int64' | 'int32' | 'bool';
  readonly data: readonly (number | boolean | string)[];
}

export interface GoldenCase {
  readonly op: string;
  readonly name?: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly inputs: Readonly<Record<string, Recorded>>;
  readonly cotangents?: Readonly<Record<string, Recorded>>;
  readonly outputs: Readonly<Record<string, Recorded>>;
  readonly grads?: Readonly<Record<string, Recorded>>;
  readonly tolerance: Readonly<Record<'float32' | 'float64', { readonly rtol: number; readonly atol: number }>>;
}

export interface GoldenFile {
  /** The number of cases of each operation in the complete file. */
  readonly all: Readonly<Record<string, number>>;
  readonly cases: readonly GoldenCase[];
}

export function readGolden(name: string): GoldenFile {
  return JSON.parse(readFileSync(new URL(`../golden/${name}`, import.meta.url), 'utf8')) as GoldenFile;
}

/** The recorded tensor, with floats in the working precision. */
export function recorded({ shape, dtype, data }: Recorded, precision: DType): Tensor {
  const numbers = data.map(Number);
  if (dtype === 'bool') return fromTypedArray(Uint8Array.from(numbers), shape, { dtype });
  if (dtype === 'int64' || dtype === 'int32') return fromTypedArray(Int32Array.from(numbers), shape);
  // The recorded numbers are float32, which both precisions hold exactly.
  const rounded = dtype === 'float32' ? Float32Array.from(numbers) : Float64Array.from(numbers);
  return fromTypedArray(precision === 'float32' ? Float32Array.from(rounded) : Float64Array.from(rounded), shape);
}
