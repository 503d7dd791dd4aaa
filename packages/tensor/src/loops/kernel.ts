import type { DType } from '../dtype.ts';
import type { Elementwise, Gather, MatMul, Random, Reduce, Scatter, Search } from '../operation.ts';
import { cast } from '../operations/elementwise.ts';
import type { Shape } from '../shape.ts';
import type { Lens, Place } from './lens.ts';

/** A value inside a loop: a number, read from memory, or computed by a law from other values. */
export type Expression = Constant | Reading | Law;

/** One number everywhere, known beforehand. */
export interface Constant {
  readonly kind: 'constant';
  readonly dtype: DType;
  readonly value: number;
}

export interface Reading {
  readonly kind: 'reading';
  readonly dtype: DType;
  /** Its strides are those of the loop that reads it. */
  readonly lens: Lens;
}

export interface Law {
  readonly kind: 'law';
  readonly operation: Elementwise<never>;
  readonly inputs: readonly Expression[];
  readonly dtype: DType;
}

/** A value that is computed and stored, and what it is computed from. */
export interface Store {
  readonly to: Lens;
  readonly value: Expression;
  readonly reads: readonly Lens[];
}

/** Values computed element by element over one shape, each stored. */
export interface MapKernel {
  readonly kind: 'map';
  readonly shape: Shape;
  /** Those of maps that are merged into this one are added to them. */
  readonly stores: Store[];
}

/** Elements folded along axes, read through an expression over the shape of the input. */
export interface ReduceKernel {
  readonly kind: 'reduce';
  readonly operation: Reduce;
  readonly shape: Shape;
  readonly axes: readonly number[];
  readonly value: Expression;
  readonly to: Place;
}

export interface SearchKernel {
  readonly kind: 'search';
  readonly operation: Search;
  readonly shape: Shape;
  readonly axis: number;
  readonly from: Lens;
  readonly to: Place;
}

/** A product of matrices, per batch; its depth k is at least 1. */
export interface MatMulKernel {
  readonly kind: 'matmul';
  readonly operation: MatMul;
  readonly batch: Shape;
  readonly m: number;
  readonly k: number;
  readonly n: number;
  readonly a: Lens;
  readonly b: Lens;
  readonly to: Place;
  /** A map of the sums, carried out instead of storing them. It reads them at this place, and stores into `to` first. */
  readonly finish?: MapKernel & { readonly sums: Place };
}

export interface GatherKernel {
  readonly kind: 'gather';
  readonly operation: Gather;
  /** The shape of the indices, and of the result. */
  readonly shape: Shape;
  readonly axis: number;
  /** How many places the axis has. */
  readonly length: number;
  readonly from: Lens;
  readonly indices: Lens;
  readonly to: Place;
}

/** Adds into a place that holds the input already. */
export interface ScatterKernel {
  readonly kind: 'scatter';
  readonly operation: Scatter;
  readonly shape: Shape;
  readonly axis: number;
  readonly length: number;
  readonly indices: Lens;
  readonly source: Lens;
  readonly to: Lens;
}

export interface RandomKernel {
  readonly kind: 'random';
  readonly operation: Random;
  readonly counter: Lens;
  readonly to: Place;
}

/** One loop nest of a program, to be written out by a backend. */
export type Kernel =
  | MapKernel
  | ReduceKernel
  | SearchKernel
  | MatMulKernel
  | GatherKernel
  | ScatterKernel
  | RandomKernel;

/** The lenses that an expression is read by, each once, put at the end of `found`. */
export function readsOf(value: Expression, found: Lens[] = []): Lens[] {
  if (value.kind === 'reading') {
    if (!found.includes(value.lens)) found.push(value.lens);
  } else if (value.kind === 'law') {
    for (let at = 0; at < value.inputs.length; at++) readsOf(value.inputs[at]!, found);
  }
  return found;
}

/** A value in another dtype, unless it has that one. */
export function converted(value: Expression, dtype: DType): Expression {
  return value.dtype === dtype ? value : { kind: 'law', operation: cast as never, inputs: [value], dtype };
}

/** Is some value of an expression of this dtype? */
export function holds(value: Expression, dtype: DType): boolean {
  return value.dtype === dtype || (value.kind === 'law' && value.inputs.some((input) => holds(input, dtype)));
}

/** A place that a kernel reads or writes. */
export interface Touch {
  readonly place: Place;
  readonly written: boolean;
  /** Does each row of the kernel touch a share of its own of the place, as large as all others? */
  readonly byRows: boolean;
}

/** What a kernel touches, and into how many rows it falls, along its outermost axis; 1 when it is done whole. */
export interface Touched {
  readonly kernel: Kernel;
  readonly rows: number;
  /** What is touched by maps that are merged into this one is added to them. */
  readonly touches: Touch[];
}

/**
 * A kernel with what it touches.
 *
 * @param shape  the axes that may have its rows: the outermost that is longer than 1 has them
 * @param to     what it writes, and `reads` what it reads; along these axes, where rows touch shares of their own
 */
export function touched(kernel: Kernel, shape: Shape, to: Lens, reads: readonly Lens[]): Touched {
  const axis = shape.findIndex((length) => length > 1);
  const rows = shape[axis] ?? 1;
  const touches = [to, ...reads].map((lens) => {
    const { place, strides } = lens;
    // What steps by a share from row to row, and stays within its place, touches nothing but that share in each.
    return { place, written: lens === to, byRows: strides[axis] === place.size / rows };
  });
  return { kernel, rows, touches };
}

/** A map that computes one value, and where it is stored. */
export function mapped(to: Lens, shape: Shape, value: Expression): Touched {
  const reads = readsOf(value);
  return touched({ kind: 'map', shape, stores: [{ to, value, reads }] }, shape, to, reads);
}

/** Is there a place that one writes and the other touches? */
export function meet(earlier: Touched, later: Touched): boolean {
  // Many are compared with many, and iterators would be objects.
  for (let at = 0; at < earlier.touches.length; at++) {
    const a = earlier.touches[at]!;
    for (let other = 0; other < later.touches.length; other++) {
      const b = later.touches[other]!;
      if (a.place === b.place && (a.written || b.written)) return true;
    }
  }
  return false;
}
