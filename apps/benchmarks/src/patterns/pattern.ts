import { type ComputeDType, fromTypedArray, randomState, type Tensor, type TypedArray } from '@nn/tensor';
import type { Tolerance } from '../workload.ts';

/** A small program that is run eagerly, compiled, and as plain loops. Compiling must not lose against the other two. */
export interface Pattern {
  /** What `--only` picks it by, after `patterns/`. */
  readonly name: string;
  readonly dtypes: readonly ComputeDType[];
  /** The inputs and the two ways to compute the result. Called once in each process, so it may create variables. */
  readonly program: (draw: Draw) => PatternProgram;
  /** By how many units in the last place results may differ. Integers and booleans must be equal. */
  readonly ulps?: Ulps;
  /** Why compiling loses, where it does. */
  readonly reasons?: Partial<Record<ComputeDType, string>>;
}

export interface PatternProgram {
  readonly inputs: readonly Tensor[];
  /** The result in tensors. */
  readonly tensors: (...inputs: Tensor[]) => Tensor;
  /** The same in plain loops that write the result into `out`. */
  readonly loops: (out: TypedArray, ...inputs: TypedArray[]) => void;
}

export interface Ulps {
  readonly float32: number;
  readonly float64: number;
}

/** Two formulas for the same elementwise result, each within a few units in the last place. */
const elementwiseUlps: Ulps = { float32: 8, float64: 8 };

/** Sums: plain loops add float32 in double precision and float64 one after another, the library in blocks. */
export const sumUlps: Ulps = { float32: 16, float64: 2048 };

// Reasons that several patterns share.
export const callTakesLonger =
  'the plain loop ends after ten elements, and the call of a program takes longer than that';
export const indicesChecked = 'every index is checked first, and each element is copied by itself';
export const copiedByElement = 'the plain loop is one copy of memory; compiled elements are copied in a loop';

export const floats: readonly ComputeDType[] = ['float32', 'float64'];
export const numbers: readonly ComputeDType[] = [...floats, 'int32'];
export const all: readonly ComputeDType[] = [...numbers, 'bool'];

/** A matrix whose elementwise operations take some 0.1 ms. */
export const matrix = [400, 500] as const;

const epsilon: Ulps = { float32: 2 ** -23, float64: 2 ** -52 };
const smallestDenormal: Ulps = { float32: 2 ** -149, float64: 2 ** -1074 };

/** The stated units in the last place as a tolerance; below the smallest normal number a unit is the smallest denormal. */
export function toleranceOf({ ulps = elementwiseUlps }: Pattern, dtype: ComputeDType): Tolerance {
  if (dtype === 'int32' || dtype === 'bool') return { relative: 0, absolute: 0 };
  return { relative: ulps[dtype] * epsilon[dtype], absolute: ulps[dtype] * smallestDenormal[dtype] };
}

/** Random inputs of one dtype, the same numbers every time. */
export interface Draw {
  readonly dtype: ComputeDType;
  /** Of the dtype: [0.5, 1.5) by default, int32: integers in [1, 10), bool: both values as often. */
  readonly numbers: (shape: readonly number[], low?: number, high?: number) => Tensor;
  /** int32, in [0, below). */
  readonly indices: (shape: readonly number[], below: number) => Tensor;
}

const usual: Readonly<Record<ComputeDType, readonly [low: number, high: number]>> = {
  float32: [0.5, 1.5],
  float64: [0.5, 1.5],
  int32: [1, 10],
  bool: [0, 2],
};

/** What every input is made of: numbers in [0, 1). */
let uniform: Float64Array | undefined;

export function drawOf(dtype: ComputeDType): Draw {
  let drawn = 0;
  const values = (shape: readonly number[], low: number, high: number): Float64Array => {
    uniform ??= randomState(0).uniform([100_003], { dtype: 'float64' }).data as Float64Array;
    const size = shape.reduce((product, length) => product * length, 1);
    const result = new Float64Array(size);
    // Each input starts elsewhere.
    let from = (drawn++ * 33_333) % uniform.length;
    for (let i = 0; i < size; i++) {
      result[i] = low + (high - low) * uniform[from]!;
      if (++from === uniform.length) from = 0;
    }
    return result;
  };
  const integers = (shape: readonly number[], low: number, high: number): Tensor =>
    fromTypedArray(Int32Array.from(values(shape, low, high), Math.floor), shape);
  return {
    dtype,
    numbers(shape, low = usual[dtype][0], high = usual[dtype][1]) {
      if (dtype === 'int32') return integers(shape, low, high);
      if (dtype === 'bool') return integers(shape, low, high).equal(1);
      const data = values(shape, low, high);
      return fromTypedArray(dtype === 'float32' ? new Float32Array(data) : data, shape);
    },
    indices: (shape, below) => integers(shape, 0, below),
  };
}
