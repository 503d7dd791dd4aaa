import type { DType } from '../dtype.ts';
import type { Elementwise, Gather, MatMul, Random, Reduce, Scatter, Search } from '../operation.ts';
import type { Shape } from '../shape.ts';
import type { Lens, Place } from './lens.ts';

/** A value inside a loop: read from memory, or computed by a law from other values. */
export type Expression = Reading | Law;

export interface Reading {
  readonly kind: 'reading';
  readonly dtype: DType;
  /** Its strides are those of the loop that reads it. */
  readonly lens: Lens;
  /** The number that is read, where the program knows it beforehand. */
  readonly constant?: number | undefined;
}

export interface Law {
  readonly kind: 'law';
  readonly operation: Elementwise<never>;
  readonly inputs: readonly Expression[];
  readonly dtype: DType;
}

/** Values computed element by element over one shape, each stored. */
export interface MapKernel {
  readonly kind: 'map';
  readonly shape: Shape;
  readonly stores: readonly { readonly to: Lens; readonly value: Expression }[];
}

/** One value everywhere in a place. */
export interface FillKernel {
  readonly kind: 'fill';
  readonly to: Place;
  readonly value: number;
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

/** A product of matrices, per batch. */
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
  /** What is done with each element of the product while it is at hand: a map over the shape of the product. */
  readonly epilogue?: MapKernel;
  /** Is the product itself stored? Not when the epilogue alone reads it. */
  readonly stored: boolean;
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
  | FillKernel
  | ReduceKernel
  | SearchKernel
  | MatMulKernel
  | GatherKernel
  | ScatterKernel
  | RandomKernel;

/** The lenses through which an expression reads. */
export function readings(value: Expression): readonly Reading[] {
  return value.kind === 'reading' ? [value] : value.inputs.flatMap(readings);
}

/** The places that a kernel reads. */
export function placesRead(kernel: Kernel): readonly Place[] {
  switch (kernel.kind) {
    case 'map':
      return kernel.stores.flatMap(({ value }) => readings(value)).map(({ lens }) => lens.place);
    case 'fill':
      return [];
    case 'reduce':
      return readings(kernel.value).map(({ lens }) => lens.place);
    case 'search':
      return [kernel.from.place];
    case 'matmul':
      return [kernel.a.place, kernel.b.place, ...(kernel.epilogue ? placesRead(kernel.epilogue) : [])];
    case 'gather':
      return [kernel.from.place, kernel.indices.place];
    case 'scatter':
      return [kernel.indices.place, kernel.source.place, kernel.to.place];
    case 'random':
      return [kernel.counter.place];
  }
}

/** The places that a kernel writes. */
export function placesWritten(kernel: Kernel): readonly Place[] {
  if (kernel.kind === 'map') return kernel.stores.map(({ to }) => to.place);
  if (kernel.kind === 'matmul') return [kernel.to, ...(kernel.epilogue ? placesWritten(kernel.epilogue) : [])];
  return kernel.kind === 'scatter' ? [kernel.to.place] : [kernel.to];
}
