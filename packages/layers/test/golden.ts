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

/** PyTorch's linear layer at work. */
export interface LinearCase {
  readonly config: { readonly in_features: number; readonly out_features: number; readonly bias: boolean };
  readonly inputs: { readonly x: GoldenTensor; readonly weight: GoldenTensor; readonly bias?: GoldenTensor };
  readonly cotangents: { readonly output: GoldenTensor };
  readonly outputs: { readonly output: GoldenTensor };
  readonly grads: { readonly x: GoldenTensor; readonly weight: GoldenTensor; readonly bias?: GoldenTensor };
  readonly tolerance: Readonly<Record<'float32' | 'float64', Tolerance>>;
}

/** A layer of the notebook, right after the seed. */
export interface NotebookLayer {
  readonly seed: number;
  readonly inputs: GoldenTensor;
  readonly biases: GoldenTensor;
  readonly weights: GoldenTensor;
  readonly output: GoldenTensor;
  readonly output_without_biases: GoldenTensor;
  readonly tolerance: { readonly abs: number; readonly rel: number };
}

/** A network of the notebook, in the middle of a stream of draws. */
export interface NotebookNetwork {
  readonly cell: number;
  readonly seed: number;
  readonly normals_before: number;
  readonly x: GoldenTensor;
  readonly first: GoldenTensor;
  readonly second: GoldenTensor;
  readonly first_output: GoldenTensor;
  readonly second_output: GoldenTensor;
}

export interface Notebook {
  readonly layer: NotebookLayer;
  readonly networks: readonly NotebookNetwork[];
}

function fileOf(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../golden/${name}.json`, import.meta.url), 'utf8'));
}

export function linearCases(): readonly LinearCase[] {
  return (fileOf('linear') as { readonly cases: readonly LinearCase[] }).cases;
}

export function notebook(): Notebook {
  return fileOf('notebook') as Notebook;
}

/** The tensor in a dtype; what was written as float32 is rounded to float32 first. */
export function read({ shape, dtype, data }: GoldenTensor, as: DType): Tensor {
  const exact = dtype === 'float32' ? data.map(Math.fround) : [...data];
  return tensor(exact, { dtype: as }).reshape(shape);
}

/** The first number that is off, in words; undefined when all are as they should be. */
export function fault(got: Tensor, want: GoldenTensor, { rtol, atol }: Tolerance): string | undefined {
  if (got.shape.join() !== want.shape.join()) return `shape ${got.shape.join()} instead of ${want.shape.join()}`;
  for (const [at, number] of want.data.entries()) {
    const near = Math.abs(got.data[at]! - number) <= atol + rtol * Math.abs(number);
    if (!near) return `number ${at} is ${got.data[at]}, and should be ${number}`;
  }
  return undefined;
}
