import type { DType } from '../dtype.ts';
import type { Elementwise, Gather, MatMul, Random, Reduce, Scatter, Search } from '../operation.ts';
import type { Shape } from '../shape.ts';
import { type Lens, type Place, whole } from './lens.ts';

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
  readonly reads: readonly Reading[];
}

/** Values computed element by element over one shape, each stored. */
export interface MapKernel {
  readonly kind: 'map';
  readonly shape: Shape;
  readonly stores: readonly Store[];
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

/** The readings of an expression, put at the end of `found`. */
export function readings(value: Expression, found: Reading[] = []): Reading[] {
  if (value.kind === 'reading') found.push(value);
  else if (value.kind === 'law') {
    for (let at = 0; at < value.inputs.length; at++) readings(value.inputs[at]!, found);
  }
  return found;
}

/** Are all values of an expression of these dtypes? */
export function holdsOnly(value: Expression, dtypes: readonly DType[]): boolean {
  return (
    dtypes.includes(value.dtype) && (value.kind !== 'law' || value.inputs.every((input) => holdsOnly(input, dtypes)))
  );
}

/** A place that a kernel reads or writes. */
export interface Touch {
  readonly place: Place;
  /** Does each row of the kernel touch a share of its own of the place, as large as all others? */
  readonly byRows: boolean;
}

/** What a kernel touches, and into how many rows it falls, along its outermost axis; 1 when it is done whole. */
export interface Touched {
  readonly kernel: Kernel;
  readonly rows: number;
  readonly reads: readonly Touch[];
  readonly writes: readonly Touch[];
}

/** What a kernel reads and writes. */
export function touched(kernel: Kernel): Touched {
  switch (kernel.kind) {
    case 'map': {
      const { shape, stores } = kernel;
      const axis = outermost(shape);
      const reads = stores.flatMap((store) => store.reads);
      return {
        kernel,
        rows: shape[axis] ?? 1,
        reads: reads.map(({ lens }) => touch(lens, shape, axis)),
        writes: stores.map(({ to }) => touch(to, shape, axis)),
      };
    }
    case 'reduce':
      return folded(
        kernel,
        kernel.axes,
        readings(kernel.value).map(({ lens }) => lens),
      );
    case 'search':
      return folded(kernel, [kernel.axis], [kernel.from]);
    case 'matmul': {
      const { batch, m, k, n, a, b, to } = kernel;
      const axis = outermost(batch);
      const rows = axis < 0 ? batch.length : axis;
      const shape = [...batch, m, n];
      return {
        kernel,
        rows: shape[rows]!,
        reads: [touch(a, [...batch, m, k], rows), touch(b, [...batch, k, n], axis)],
        writes: [touch(whole(to, shape), shape, rows)],
      };
    }
    case 'gather': {
      const { shape, axis: along, length, from, indices, to } = kernel;
      const axis = outermost(shape);
      return {
        kernel,
        rows: shape[axis] ?? 1,
        reads: [touch(from, shape.with(along, length), axis === along ? -1 : axis), touch(indices, shape, axis)],
        writes: [touch(whole(to, shape), shape, axis)],
      };
    }
    case 'scatter': {
      const { shape, axis: along, length, indices, source, to } = kernel;
      // Rows of indices may meet in one place, unless the axis lies within them.
      const first = outermost(shape);
      const axis = first === along ? -1 : first;
      const target = touch(to, shape.with(along, length), axis);
      return {
        kernel,
        rows: shape[axis] ?? 1,
        reads: [touch(indices, shape, axis), touch(source, shape, axis), target],
        writes: [target],
      };
    }
    case 'random':
      return {
        kernel,
        rows: 1,
        reads: [{ place: kernel.counter.place, byRows: false }],
        writes: [{ place: kernel.to, byRows: false }],
      };
  }
}

function folded(kernel: ReduceKernel | SearchKernel, axes: readonly number[], reads: readonly Lens[]): Touched {
  const { shape, to } = kernel;
  const axis = outermost(shape, axes);
  return {
    kernel,
    rows: shape[axis] ?? 1,
    reads: reads.map((lens) => touch(lens, shape, axis)),
    writes: [{ place: to, byRows: axis >= 0 }],
  };
}

/** The outermost axis that is longer than 1, of those that are not folded; −1 where there is none. */
function outermost(shape: Shape, folded: readonly number[] = []): number {
  return shape.findIndex((length, axis) => length > 1 && !folded.includes(axis));
}

/** The place of a lens, walked over a shape of which one axis has the rows; −1 where every row may touch all. */
function touch({ place, strides, offset }: Lens, shape: Shape, rows: number): Touch {
  const share = place.size / shape[rows]!;
  if (strides[rows] !== share) return { place, byRows: false };
  let lowest = offset;
  let highest = offset;
  for (let axis = 0; axis < strides.length; axis++) {
    if (axis === rows) continue;
    const reach = strides[axis]! * (shape[axis]! - 1);
    if (reach < 0) lowest += reach;
    else highest += reach;
  }
  return { place, byRows: lowest >= 0 && highest < share };
}

/**
 * Is there a place that one writes and the other touches?
 *
 * @param unevenly  only places that are not touched row by row by both
 */
export function meet(earlier: Touched, later: Touched, unevenly: boolean): boolean {
  return (
    share(earlier.writes, later.reads, unevenly) ||
    share(earlier.writes, later.writes, unevenly) ||
    share(earlier.reads, later.writes, unevenly)
  );
}

function share(some: readonly Touch[], others: readonly Touch[], unevenly: boolean): boolean {
  // Many are compared with many, and iterators would be objects.
  for (let at = 0; at < some.length; at++) {
    const a = some[at]!;
    for (let other = 0; other < others.length; other++) {
      const b = others[other]!;
      if (a.place === b.place && !(unevenly && a.byRows && b.byRows)) return true;
    }
  }
  return false;
}
