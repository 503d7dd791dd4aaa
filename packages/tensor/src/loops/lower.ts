import { type ComputeDType, computeDType } from '../dtype.ts';
import type { AppliedNode } from '../compile/program.ts';
import type {
  CheckOperation,
  ConcatOperation,
  ConvolutionOperation,
  ElementwiseOperation,
  GatherOperation,
  IdentityOperation,
  Kind,
  LoopOperation,
  MatMulOperation,
  MatrixOperation,
  Operation,
  OverlapOperation,
  PadOperation,
  RandomOperation,
  ReduceOperation,
  ResultOperation,
  ScatterOperation,
  SearchOperation,
  SettingsOf,
  ViewOperation,
} from '../operation.ts';
import { overlapOrder } from '../reference/window.ts';
import { reducedShape, type Shape, sizeOf } from '../shape.ts';
import { isRowMajor, rowMajor, sliced, windowed } from '../strided.ts';
import { withoutInvariants } from './invariants.ts';
import {
  converted,
  fixedAlong,
  join,
  type LoopKernel,
  looped,
  mapped,
  multiplied,
  newBuffer,
  newView,
  readsOf,
  type StridedView,
  whole,
} from './ir.ts';
import type { KernelBuilder } from './kernel-builder.ts';

/**
 * Adds the kernels of an operation, and returns the view of its result.
 *
 * @param at  the index of the node in the program
 */
type Lowering<O extends Operation> = (
  builder: KernelBuilder,
  node: AppliedNode,
  operation: O,
  settings: SettingsOf<O>,
  at: number,
) => StridedView;

/** Adds the kernels of an operation that is not fused into its reader, and returns the view of its result. */
export function lower(builder: KernelBuilder, node: AppliedNode, at: number): StridedView {
  const { operation, settings } = node;
  // The table pairs each kind with its own lowering; the type checker loses the pairing at a union.
  const lowering = lowerings[operation.kind] as Lowering<Operation>;
  return lowering(builder, node, operation, settings as never, at);
}

/** A map that computes the expression which ends in this operation. */
const lowerElementwise: Lowering<ElementwiseOperation<never>> = (builder, _node, _operation, _settings, at) =>
  builder.contiguous(at);

/** Other strides on the same elements. Where no strides give the view, the elements are copied first. */
const lowerView: Lowering<ViewOperation<never>> = (builder, { inputs }, operation, settings) => {
  const from = inputs[0]!;
  const shape = builder.shapeOf(from);
  return (
    operation.view(builder.view(from), shape, settings) ?? operation.view(builder.contiguous(from), shape, settings)!
  );
};

const lowerReduce: Lowering<ReduceOperation> = (builder, node, operation, { axes }) => {
  const first = node.inputs[0]!;
  const shape = builder.shapeOf(first);
  const result = newView(node);
  if (sizeOf(shape) === 0) {
    builder.fill(result, operation.identity);
    return result;
  }
  const dtype = node.dtype === 'float32' ? (operation.accumulator ?? node.dtype) : node.dtype;
  const reduced = dtype === node.dtype ? result : newView({ shape: node.shape, dtype });
  const to = reduced.buffer;
  const value = builder.read(first, shape);
  const kept = reducedShape(shape, axes, true);
  builder.add({ kind: 'reduce', operation, shape, axes, value, to }, kept, readsOf(value), whole(to, kept));
  if (reduced !== result) {
    const rounded = converted({ kind: 'load', dtype, view: reduced }, node.dtype);
    if (sizeOf(node.shape) > 0) builder.kernels.push(mapped(result, node.shape, rounded));
  }
  return result;
};

const lowerSearch: Lowering<SearchOperation> = (builder, node, operation, { axis }) => {
  const from = builder.view(node.inputs[0]!);
  const shape = builder.shapeOf(node.inputs[0]!);
  const result = newView(node);
  const to = result.buffer;
  const kept = shape.with(axis, 1);
  builder.add({ kind: 'search', operation, shape, axis, from, to }, kept, [from], whole(to, kept));
  return result;
};

const lowerPad: Lowering<PadOperation> = (builder, node, _, { starts, steps, value }) => {
  const result = newView(node);
  builder.fill(result, value);
  builder.copy(node.inputs[0]!, sliced(result, starts, steps));
  return result;
};

const lowerOverlap: Lowering<OverlapOperation> = (builder, node, operation, window) => {
  const rank = node.shape.length;
  const order = overlapOrder(rank, window);
  const ordered = (list: readonly number[]): readonly number[] => order.map((axis) => list[axis]!);
  const positions = ordered(builder.shapeOf(node.inputs[0]!));
  const view = builder.view(node.inputs[0]!);
  const source = { ...view, strides: ordered(view.strides) };
  const result = newView(node);
  const target = windowed(result, window);
  const to = { ...target, strides: ordered(target.strides) };
  builder.fill(result, 0);
  // Positions of the window share elements, so only the axes before them can be rows.
  const lead = rank - window.axes.length;
  const rows = positions.map((length, axis) => (axis < lead ? length : Math.min(length, 1)));
  builder.add({ kind: 'overlap', operation, shape: positions, from: source, to }, rows, [source], to);
  return result;
};

/** An axis of a contraction: its length, and the strides of both factors and of the result. */
type ContractionAxis = readonly [length: number, a: number, b: number, to: number];

/** Factors of at most this many elements stay in the cache while all their products are computed. */
const cached = 65_536;

/** Longer sums are added up in parts of at least `partDepth` products, so that what they read stays in the cache. */
const longDepth = 4096;
const partDepth = 256;

/**
 * A convolution is a contraction of the filters and a view of the windows of x. In the gradient of the filters both are
 * large, and the sums long.
 */
const lowerConvolution: Lowering<ConvolutionOperation> = (builder, node, operation, settings) => {
  const { shape, dtype } = node;
  const [first, second] = node.inputs as [number, number];
  const { strides: steps, dilations, padding } = settings;
  const sizes = builder.shapeOf(second);
  const depth = sizeOf(sizes.slice(2));
  if (depth === 0) {
    const zeros = newView(node);
    builder.fill(zeros, 0);
    return zeros;
  }
  const filters = factor(builder, second, sizes, dtype);
  const none = [0, 0] as const;
  const x = builder.padded(first, [none, none, none, ...padding], dtype);
  const along = steps.map((_, at) => at + 3);
  const windows = windowed(x, { axes: along, steps, dilations });
  // Either all filters are read for each sample, or all samples for some filters. The result lies in the same order.
  const samplesFirst = sizeOf(sizes) <= cached || sizeOf(sizes) * shape[0]! <= (x.buffer.size * shape[2]!) / 4;
  const order = samplesFirst ? [0, 1, 2, ...along] : [1, 2, 0, ...along];
  const result = inOrder(newView(node), shape, order);
  const [w, y] = [filters.strides, result.strides];
  const samples: ContractionAxis = [shape[0]!, 0, windows.strides[0]!, y[0]!];
  const groups: ContractionAxis = [shape[1]!, w[0]!, windows.strides[1]!, y[1]!];
  const outputs: ContractionAxis = [shape[2]!, w[1]!, 0, y[2]!];
  const channels: ContractionAxis = [sizes[2]!, w[2]!, windows.strides[2]!, 0];
  const positions = along.map((axis): ContractionAxis => [shape[axis]!, 0, windows.strides[axis]!, y[axis]!]);
  const elements = along.map((axis): ContractionAxis => [
    sizes[axis]!,
    w[axis]!,
    windows.strides[axis + along.length]!,
    0,
  ]);
  const inParts = !samplesFirst && depth > longDepth && depth / channels[0] >= partDepth;
  const leading = samplesFirst ? [samples, groups, outputs] : [groups, outputs];
  const middle = [...(inParts ? [channels] : []), ...(samplesFirst ? [] : [samples]), ...positions];
  const summed = [...(inParts ? [] : [channels]), ...elements];
  const axes = [...leading, ...middle, ...summed];
  const of = (which: 1 | 2 | 3) => axes.map((axis) => axis[which]);
  const a = { ...filters, strides: of(1) };
  const b = { ...windows, strides: of(2) };
  const to = { ...result, strides: of(3) };
  let lost: StridedView | undefined;
  if (inParts) {
    const zeros = newView(node);
    lost = { ...zeros, strides: to.strides };
    builder.fill(result, 0);
    builder.fill(zeros, 0);
  }
  const rows = axes.map(([length], at) => (at < leading.length ? length : Math.min(length, 1)));
  const kernel = {
    kind: 'contraction',
    operation,
    shape: axes.map(([length]) => length),
    depth: summed.length,
  } as const;
  builder.add({ ...kernel, a, b, to, lost }, rows, lost ? [a, b, lost] : [a, b], to);
  return result;
};

/** A view of a whole buffer whose axes lie in another order. */
function inOrder({ buffer }: StridedView, shape: Shape, order: readonly number[]): StridedView {
  const laid = rowMajor(order.map((axis) => shape[axis]!));
  return { buffer, strides: shape.map((_, axis) => laid[order.indexOf(axis)]!), offset: 0 };
}

const lowerConcat: Lowering<ConcatOperation> = (builder, node, _, { axis }) => {
  const result = newView(node);
  let offset = 0;
  for (const input of node.inputs) {
    builder.copy(input, { ...result, offset });
    offset += builder.shapeOf(input)[axis]! * result.strides[axis]!;
  }
  return result;
};

const lowerMatMul: Lowering<MatMulOperation> = (builder, node, operation) => {
  const { shape } = node;
  const [first, second] = node.inputs as [number, number];
  const result = newView(node);
  const to = result.buffer;
  const k = builder.shapeOf(first).at(-1)!;
  if (k === 0) {
    builder.fill(result, 0);
    return result;
  }
  let batch = shape.slice(0, -2);
  let [m, n] = shape.slice(-2) as [number, number];
  let a = factor(builder, first, [...batch, m, k], node.dtype);
  let b = factor(builder, second, [...batch, k, n], node.dtype);
  let view = result;
  // A batch that shares its second matrix is one matrix of more rows.
  const rows = join([...batch, m], [a.strides.slice(0, -1)]);
  if (rows.lengths.length === 1 && b.strides.slice(0, -2).every((stride) => stride === 0)) {
    batch = [];
    m = rows.lengths[0]!;
    a = { ...a, strides: [rows.strides[0]![0]!, a.strides.at(-1)!] };
    b = { ...b, strides: b.strides.slice(-2) };
  }
  // Few columns do not fill a vector. Where the rows of a are contiguous in memory, bᵀaᵀ is computed instead of ab.
  if (batch.length === 0 && n < 4 && m > n && a.strides[0] === 1) {
    view = { ...result, strides: [...rowMajor(shape.slice(0, -1)), m] };
    [a, b] = [transposed(b), transposed(a)];
    [m, n] = [n, m];
  }
  if (to.size > 0) builder.kernels.push(multiplied({ kind: 'matmul', operation, batch, m, n, k, a, b, to }));
  return view;
};

/** A factor of products, in the dtype of the result and broadcast to a shape. */
function factor(builder: KernelBuilder, at: number, shape: Shape, dtype: ComputeDType): StridedView {
  const view = builder.view(at);
  // The tiles of a product need strides of at least 0.
  const fits = view.buffer.dtype === dtype && view.strides.every((stride) => stride >= 0);
  return builder.viewOver(shape, at, fits ? view : builder.contiguous(at, dtype));
}

/** A matrix with its axes exchanged. */
const transposed = (matrix: StridedView): StridedView => ({ ...matrix, strides: matrix.strides.toReversed() });

const lowerGather: Lowering<GatherOperation> = (builder, node, operation, { axis }) => {
  const { shape } = node;
  const [first, second] = node.inputs as [number, number];
  const from = builder.view(first);
  const indices = builder.view(second);
  const length = builder.shapeOf(first)[axis]!;
  const result = newView(node);
  // Every row may read any element along the axis.
  const reads = [fixedAlong(from, axis), indices];
  builder.add(
    { kind: 'gather', operation, shape, axis, length, from, indices, to: result.buffer },
    shape,
    reads,
    result,
  );
  return result;
};

const lowerScatter: Lowering<ScatterOperation> = (builder, node, operation, { axis }) => {
  const [first, second, third] = node.inputs as [number, number, number];
  const result = newView(node);
  builder.copy(first, result);
  const indices = builder.view(second);
  const source = builder.view(third);
  const shape = builder.shapeOf(second);
  const length = node.shape[axis]!;
  // Indices of several rows may name one element, unless the axis lies within the rows.
  const rows = shape[axis]! > 1 ? shape.map((own, at) => (at < axis ? own : Math.min(own, 1))) : shape;
  builder.add(
    { kind: 'scatter', operation, shape, axis, length, indices, source, to: result },
    rows,
    [indices, source],
    result,
  );
  return result;
};

const lowerRandom: Lowering<RandomOperation> = (builder, node, operation) => {
  const counter = builder.view(node.inputs[0]!);
  const result = newView(node);
  const to = result.buffer;
  builder.add({ kind: 'random', operation, counter, to }, [Math.min(to.size, 1)], [counter], result);
  return result;
};

/** The view of the first input. That of an ordered operation is read after the other inputs are complete. */
const lowerIdentity: Lowering<IdentityOperation> = (builder, { inputs }, { ordered }) => {
  const [view, ...others] = inputs.map((input) => builder.view(input)) as [StridedView, ...StridedView[]];
  return ordered ? { ...view, after: [...(view.after ?? []), ...others.map(({ buffer }) => buffer)] } : view;
};

const lowerCheck: Lowering<CheckOperation> = (builder, node, operation, settings) => {
  const [first, ...others] = node.inputs as [number, ...number[]];
  const shape = builder.shapeOf(first);
  if (sizeOf(shape) > 0) {
    const view = builder.view(first);
    const condition = isRowMajor(view.strides, shape) ? view : builder.contiguous(first);
    const values = others.map((input) => ({ view: builder.view(input), shape: builder.shapeOf(input) }));
    const reads = [condition, ...values.map((value) => value.view)];
    builder.kernels.push({
      kernel: { kind: 'check', operation, settings, shape, condition, values },
      rows: 1,
      accesses: reads.map(({ buffer }) => ({ buffer, written: false, rowLocal: false })),
    });
  }
  return newView(node);
};

const lowerMatrix: Lowering<MatrixOperation<never>> = (builder, node, operation, settings) => {
  const result = newView(node);
  const { shape } = node;
  const to = result.buffer;
  const inputs = node.inputs.map((input) => ({ view: builder.view(input), shape: builder.shapeOf(input) }));
  if (to.size > 0) {
    builder.kernels.push({
      kernel: { kind: 'matrix', operation, settings, inputs, shape, to },
      rows: 1,
      accesses: [
        { buffer: to, written: true, rowLocal: false },
        ...inputs.map(({ view }) => ({ buffer: view.buffer, written: false, rowLocal: false })),
      ],
    });
  }
  return result;
};

const lowerLoop: Lowering<LoopOperation> = (builder, node, operation, settings, at) => {
  const { body, length, reverse } = settings;
  const { inputs } = node;
  const read = builder.resultsReadOf(at);
  const views = new Map(read.map((one) => [one.at, newView({ shape: one.shape, dtype: computeDType(one.dtype) })]));
  builder.storeResults(at, views);
  const none = newView(node);
  const first = body.carry.length;
  if (length === 0) {
    for (const one of read) if (one.at < first) builder.copy(inputs[one.at]!, views.get(one.at)!);
    return none;
  }
  const stacked = read.map((one) => one.at - first).filter((one) => one >= 0);
  const program = body.program(stacked);
  const second = first + body.slices.length;
  const shared = new Map(
    inputs.slice(second).map((input, one) => [program.inputs[second + one]!, builder.view(input)]),
  );
  const scheduled = builder.scheduleOf(program, shared);
  for (const [buffer, data] of scheduled.constants) builder.constants.set(buffer, data);
  const outside = new Set([...[...shared.values()].map(({ buffer }) => buffer), ...scheduled.constants.keys()]);
  const { schedule, before } = withoutInvariants(scheduled, outside);
  builder.kernels.push(...before);
  const kernel: LoopKernel = {
    kind: 'loop',
    operation,
    length,
    reverse,
    body: schedule,
    program,
    arena: newBuffer([0], 'float32'),
    carried: body.carry.map((_, one) => ({
      from: builder.rowMajor(inputs[one]!),
      to: schedule.inputs[one]!,
      final: views.get(one)?.buffer,
    })),
    slices: body.slices.map((_, one) => ({
      step: schedule.inputs[first + one]!,
      all: builder.rowMajor(inputs[first + one]!),
    })),
    stacks: stacked.map((one, index) => ({ step: schedule.outputs[first + index]!, all: views.get(first + one)! })),
  };
  builder.kernels.push(looped(kernel, [...outside]));
  return none;
};

const lowerResult: Lowering<ResultOperation> = (builder, { inputs }, _, { at }) => builder.resultOf(inputs[0]!, at);

const lowerings: { readonly [K in Kind]: Lowering<Extract<Operation, { readonly kind: K }>> } = {
  elementwise: lowerElementwise,
  view: lowerView,
  reduce: lowerReduce,
  search: lowerSearch,
  pad: lowerPad,
  overlap: lowerOverlap,
  convolution: lowerConvolution,
  concat: lowerConcat,
  matmul: lowerMatMul,
  gather: lowerGather,
  scatter: lowerScatter,
  random: lowerRandom,
  identity: lowerIdentity,
  check: lowerCheck,
  matrix: lowerMatrix,
  loop: lowerLoop,
  result: lowerResult,
};
