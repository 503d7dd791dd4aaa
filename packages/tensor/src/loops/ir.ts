import type { Program } from '../compile/program.ts';
import type { ComputeDType } from '../dtype.ts';
import type {
  CheckOperation,
  CheckSettings,
  ConvolutionOperation,
  ElementwiseOperation,
  GatherOperation,
  LoopOperation,
  MatMulOperation,
  MatrixOperation,
  OverlapOperation,
  RandomOperation,
  ReduceOperation,
  ScatterOperation,
  SearchOperation,
} from '../operation.ts';
import { cast } from '../operations/elementwise.ts';
import { type Shape, sizeOf } from '../shape.ts';
import { collapseAxes, rowMajor } from '../strided.ts';
import type { Schedule } from './fuse.ts';

/** A value inside a loop: a number, an element in memory, or an operation on other values. */
export type Expression = Constant | Load | Apply;

/** A number that is known when the program is compiled. */
export interface Constant {
  readonly kind: 'constant';
  readonly dtype: ComputeDType;
  readonly value: number;
}

export interface Load {
  readonly kind: 'load';
  readonly dtype: ComputeDType;
  /** Its strides are those of the loop that reads it. */
  readonly view: StridedView;
}

export interface Apply {
  readonly kind: 'apply';
  readonly operation: ElementwiseOperation<never>;
  readonly inputs: readonly Expression[];
  readonly dtype: ComputeDType;
}

/** A value that is computed and stored, and the views that it reads. */
export interface Store {
  readonly to: StridedView;
  readonly value: Expression;
  readonly reads: readonly StridedView[];
}

/** Values computed element by element over one shape, each stored. */
export interface MapKernel {
  readonly kind: 'map';
  readonly shape: Shape;
  /** The stores of maps that are merged into this one are added. */
  readonly stores: Store[];
}

/** Elements folded along axes, read through an expression over the shape of the input. */
export interface ReduceKernel {
  readonly kind: 'reduce';
  readonly operation: ReduceOperation;
  readonly shape: Shape;
  readonly axes: readonly number[];
  readonly value: Expression;
  readonly to: Buffer;
}

export interface SearchKernel {
  readonly kind: 'search';
  readonly operation: SearchOperation;
  readonly shape: Shape;
  readonly axis: number;
  readonly from: StridedView;
  readonly to: Buffer;
}

/** A product of matrices per element of a batch; k is at least 1. */
export interface MatMulKernel {
  readonly kind: 'matmul';
  readonly operation: MatMulOperation;
  readonly batch: Shape;
  readonly m: number;
  readonly k: number;
  readonly n: number;
  readonly a: StridedView;
  readonly b: StridedView;
  readonly to: Buffer;
  /** The copy of the second matrix in panels, where a backend has made one: it is read instead of `b`. */
  readonly packed?: Buffer | undefined;
  /** Where a backend keeps the rounding errors of the sums of a deep product, each as far from the start as its sum. */
  readonly lost?: Buffer | undefined;
  /** A map of the sums, computed before they leave registers. It reads them as the buffer `sums`, and its first store is to `to`. */
  readonly epilogue?: MapKernel & { readonly sums: Buffer };
  /** Whether partial sums are stored in `to` before the epilogue: it must not lie over what the epilogue reads. */
  readonly storesPartialSums?: boolean;
}

export interface GatherKernel {
  readonly kind: 'gather';
  readonly operation: GatherOperation;
  /** The shape of the indices, and of the result. */
  readonly shape: Shape;
  readonly axis: number;
  /** The length of the axis. */
  readonly length: number;
  readonly from: StridedView;
  readonly indices: StridedView;
  readonly to: Buffer;
}

/** Adds to a buffer that holds the first input already. */
export interface ScatterKernel {
  readonly kind: 'scatter';
  readonly operation: ScatterOperation;
  readonly shape: Shape;
  readonly axis: number;
  readonly length: number;
  readonly indices: StridedView;
  readonly source: StridedView;
  readonly to: StridedView;
}

/** Adds windows up in a buffer of zeros. The axes of `shape` are in the order of `overlapOrder`. */
export interface OverlapKernel {
  readonly kind: 'overlap';
  readonly operation: OverlapOperation;
  readonly shape: Shape;
  readonly from: StridedView;
  readonly to: StridedView;
}

/**
 * Sums of products of two views. The axes of `shape` are in the order of the loops. The sums run along the axes on which
 * `to` has stride 0: the last `depth` axes, and with `lost` one more, over whose elements the result is added up in memory.
 */
export interface ContractionKernel {
  readonly kind: 'contraction';
  readonly operation: ConvolutionOperation;
  readonly shape: Shape;
  readonly depth: number;
  readonly a: StridedView;
  readonly b: StridedView;
  readonly to: StridedView;
  /** Where `to` is added to, and holds zeros at first: a buffer of zeros for the rounding errors of its sums. */
  readonly lost?: StridedView | undefined;
  /** A map of the sums, computed before they leave registers, over the axes of `shape`. It reads them as the buffer `sums`. */
  readonly epilogue?: MapKernel & { readonly sums: Buffer };
}

export interface RandomKernel {
  readonly kind: 'random';
  readonly operation: RandomOperation;
  readonly counter: StridedView;
  readonly to: Buffer;
}

/** A function of matrices, which a backend may compute by the reference kernel of its operation. */
export interface MatrixKernel {
  readonly kind: 'matrix';
  readonly operation: MatrixOperation<never>;
  readonly settings: never;
  readonly inputs: readonly StoredValue[];
  readonly shape: Shape;
  readonly to: Buffer;
}

/** A condition that must be true everywhere. */
export interface CheckKernel {
  readonly kind: 'check';
  readonly operation: CheckOperation;
  readonly settings: CheckSettings;
  readonly shape: Shape;
  /** The elements of the condition in row-major order. */
  readonly condition: StridedView;
  /** The values that the error message needs. */
  readonly values: readonly StoredValue[];
}

/** A value in memory, and its shape. */
export interface StoredValue {
  readonly view: StridedView;
  readonly shape: Shape;
}

/** A value that a loop carries on from step to step. */
export interface CarriedValue {
  /** What the first step takes over, in row-major order. */
  readonly from: StridedView;
  /** The buffer that a step takes it over in. */
  readonly to: Buffer;
  /** Where it lies after the last step, if anything reads it then. */
  readonly final: Buffer | undefined;
}

/** A buffer of one step, and that of all steps, which has one such part after the other. */
export interface StepPart {
  readonly step: Buffer;
  readonly all: StridedView;
}

/** Kernels that are repeated. */
export interface LoopKernel {
  readonly kind: 'loop';
  readonly operation: LoopOperation;
  readonly length: number;
  readonly reverse: boolean;
  /** What is repeated. Its buffers lie inside `arena`, besides those that belong to the program around it. */
  readonly body: Schedule;
  readonly program: Program;
  readonly arena: Buffer;
  readonly carried: readonly CarriedValue[];
  /** Parts that are read before a step, and parts that are written after it. */
  readonly slices: readonly StepPart[];
  readonly stacks: readonly StepPart[];
}

/** One loop nest of a program, for a backend to write. */
export type Kernel =
  | MapKernel
  | ReduceKernel
  | SearchKernel
  | MatMulKernel
  | GatherKernel
  | ScatterKernel
  | RandomKernel
  | OverlapKernel
  | ContractionKernel
  | CheckKernel
  | MatrixKernel
  | LoopKernel;

/** Appends to `found` the views that an expression reads, each once. */
export function readsOf(value: Expression, found: StridedView[] = []): StridedView[] {
  if (value.kind === 'load') {
    if (!found.includes(value.view)) found.push(value.view);
  } else if (value.kind === 'apply') {
    for (let at = 0; at < value.inputs.length; at++) readsOf(value.inputs[at]!, found);
  }
  return found;
}

/** A value cast to a dtype, unless it has it. */
export function converted(value: Expression, dtype: ComputeDType): Expression {
  return value.dtype === dtype ? value : { kind: 'apply', operation: cast as never, inputs: [value], dtype };
}

/** Whether any value in an expression has this dtype. */
export function holds(value: Expression, dtype: ComputeDType): boolean {
  return value.dtype === dtype || (value.kind === 'apply' && value.inputs.some((input) => holds(input, dtype)));
}

/** A buffer that a kernel reads or writes. */
export interface Access {
  readonly buffer: Buffer;
  readonly written: boolean;
  /** Whether each row of the kernel accesses its own part of the buffer, and all parts are of one size. */
  readonly rowLocal: boolean;
}

/** A kernel with the buffers that it accesses, and its number of rows along the outermost axis; 1 when it cannot be divided. */
export interface ScheduledKernel {
  readonly kernel: Kernel;
  readonly rows: number;
  /** The accesses of maps that are merged into this one are added. */
  readonly accesses: Access[];
}

/**
 * A kernel with its accesses.
 *
 * @param shape  the axes along which its rows may lie: they lie along the outermost axis that is longer than 1
 * @param to     the view that it writes, and `reads` those that it reads, with their strides along these axes
 */
export function scheduled(
  kernel: Kernel,
  shape: Shape,
  to: StridedView,
  reads: readonly StridedView[],
): ScheduledKernel {
  const axis = shape.findIndex((length) => length > 1);
  const rows = shape[axis] ?? 1;
  const accesses = [to, ...reads].map((view) => {
    const { buffer, strides } = view;
    // A view whose stride is the size of one part accesses one part per row, since it stays within its buffer.
    return { buffer, written: view === to, rowLocal: strides[axis] === buffer.size / rows };
  });
  for (const { after = [] } of reads) {
    for (const buffer of after) accesses.push({ buffer, written: false, rowLocal: false });
  }
  return { kernel, rows, accesses };
}

/** A product of matrices, scheduled by the rows of the first matrix, or by the outermost axis of its batch. */
export function multiplied(kernel: MatMulKernel): ScheduledKernel {
  const { batch, m, n, a, b, to, packed, lost } = kernel;
  const axes = [...batch, m];
  const matrices = packed ? rowMajor([...batch, packed.size / sizeOf(batch)]).slice(0, -1) : b.strides.slice(0, -2);
  // Every row of a product needs the whole second matrix.
  const second = packed ? { buffer: packed, strides: matrices, offset: 0 } : { ...b, strides: matrices };
  // Columns are no rows.
  const product = scheduled(kernel, [...axes, Math.min(n, 1)], whole(to, [...axes, n]), [a, second]);
  if (lost) product.accesses.push({ ...product.accesses[0]!, buffer: lost });
  return product;
}

/**
 * A loop, with the buffers of the program around it that it accesses. It is one row.
 *
 * @param shared  the buffers outside that its body reads
 */
export function looped(kernel: LoopKernel, shared: readonly Buffer[]): ScheduledKernel {
  const { arena, carried, slices, stacks } = kernel;
  const read = [
    ...shared,
    ...[...carried.map(({ from }) => from), ...slices.map(({ all }) => all)].map(({ buffer }) => buffer),
  ];
  const written = [arena, ...carried.flatMap(({ final }) => final ?? []), ...stacks.map(({ all }) => all.buffer)];
  const accesses = [
    ...read.map((buffer) => ({ buffer, written: false, rowLocal: false })),
    ...written.map((buffer) => ({ buffer, written: true, rowLocal: false })),
  ];
  return { kernel, rows: 1, accesses };
}

/** A map that computes one value and stores it. */
export function mapped(to: StridedView, shape: Shape, value: Expression): ScheduledKernel {
  const reads = readsOf(value);
  return scheduled({ kind: 'map', shape, stores: [{ to, value, reads }] }, shape, to, reads);
}

/** Whether there is a buffer that one kernel writes and the other accesses. */
export function conflicts(earlier: ScheduledKernel, later: ScheduledKernel): boolean {
  // Loops over indices: this is the innermost comparison, and iterators allocate.
  for (let at = 0; at < earlier.accesses.length; at++) {
    const a = earlier.accesses[at]!;
    for (let other = 0; other < later.accesses.length; other++) {
      const b = later.accesses[other]!;
      if (a.buffer === b.buffer && (a.written || b.written)) return true;
    }
  }
  return false;
}

/** A region of memory that one stored value fills. */
export interface Buffer {
  readonly dtype: ComputeDType;
  readonly size: number;
}

/** How a value is read from memory: which buffer, and by which strides (in elements). */
export interface StridedView {
  readonly buffer: Buffer;
  readonly strides: readonly number[];
  readonly offset: number;
  /** Buffers that must be complete before this view is read. */
  readonly after?: readonly Buffer[];
}

/** A view of a whole buffer in row-major order. */
export function whole(buffer: Buffer, shape: Shape): StridedView {
  return { buffer, strides: rowMajor(shape), offset: 0 };
}

/** A view with stride 0 along an axis. */
export function fixedAlong(view: StridedView, axis: number): StridedView {
  return { ...view, strides: view.strides.with(axis, 0) };
}

/** A new buffer for a value of this shape. */
export function newBuffer(shape: Shape, dtype: ComputeDType): Buffer {
  return { dtype, size: sizeOf(shape) };
}

/** A row-major view of a new buffer for a value. */
export function newView({ shape, dtype }: { readonly shape: Shape; readonly dtype: ComputeDType }): StridedView {
  return whole(newBuffer(shape, dtype), shape);
}

/** Whether two views of a buffer have the same elements. The strides of axes of length 1 do not matter. */
export function sameElements(a: StridedView, b: StridedView, shape: Shape): boolean {
  return a.offset === b.offset && shape.every((length, axis) => length === 1 || a.strides[axis] === b.strides[axis]);
}

/** A shape, and the strides of several views over it, with axes collapsed. */
export interface Joined {
  readonly lengths: readonly number[];
  /** For each view its stride along each axis. */
  readonly strides: readonly (readonly number[])[];
}

/**
 * Collapses neighbouring axes into one where the strides of every view allow it, and drops axes of length 1. A scalar has
 * no axes.
 *
 * @param apart  the number of last axes that stay as they are
 */
export function join(shape: Shape, strides: readonly (readonly number[])[], apart = 0): Joined {
  const axes = collapseAxes(shape, strides, apart);
  return {
    lengths: axes.map(({ length }) => length),
    strides: strides.map((_, k) => axes.map((axis) => axis.strides[k]!)),
  };
}
