import type { AppliedNode, Program } from '../compile/program.ts';
import type { TypedArray } from '../dtype.ts';
import type {
  CheckSettings,
  OverlapSettings,
  PadSettings,
  ReduceSettings,
  SearchSettings,
  ViewOperation,
} from '../operation.ts';
import { reducedShape, sameShape, type Shape, sizeOf } from '../shape.ts';
import { overlapOrder } from '../reference/window.ts';
import { broadcastStrides, isRowMajor, rowMajor, sliced, windowed } from '../strided.ts';
import { merge, type FusionGroup, fusionGroups } from './group.ts';
import {
  converted,
  type Expression,
  join,
  type Kernel,
  type StridedView,
  mapped,
  multiplied,
  type Buffer,
  readsOf,
  newView,
  fixedAlong,
  type ScheduledKernel,
  scheduled,
  whole,
} from './ir.ts';

/** A program as loop nests over buffers in memory. */
export interface Schedule {
  readonly groups: readonly FusionGroup[];
  readonly inputs: readonly Buffer[];
  /** The buffers of constants that are read from memory, with their numbers. */
  readonly constants: ReadonlyMap<Buffer, TypedArray>;
  /** Where each output of the program stands at the end. */
  readonly outputs: readonly Buffer[];
}

/** So many operations are computed on the fly at most: what follows on a long chain reads what is stored half-way. */
const maxApplied = 128;

/**
 * Decides which values of a program are stored, and which are computed inside the loop that uses them.
 *
 * An elementwise result with a single reader that is a loop of the same shape (or a reduction over it) is never
 * stored. Views are never carried out: they change the strides by which their readers read.
 *
 * @param prepare  what a backend runs for a kernel: other kernels before it, such as copies of what it reads
 */
export function fuse(
  { nodes, inputs, outputs }: Program,
  prepare: (one: ScheduledKernel) => readonly ScheduledKernel[] = (one) => [one],
): Schedule {
  const kernels: ScheduledKernel[] = [];
  const constants = new Map<Buffer, TypedArray>();
  /** Where each node is stored; one without a view is computed inside the loop that reads it. */
  const views: (StridedView | undefined)[] = [];
  /** How many operations are computed on the fly for a node that is not stored. */
  const applied: number[] = [];
  const readers = onlyReaders({ nodes, outputs });

  // An output needs a buffer of its own, filled row after row: what is only seen through a view is copied.
  const taken = new Set<Buffer>();
  for (let at = 0; at < nodes.length; at++) {
    const node = nodes[at]!;
    if (node.kind === 'applied') views[at] = lower(node, at);
    else {
      const seen = newView(node);
      views[at] = seen;
      taken.add(seen.buffer);
    }
  }
  const finished = outputs.map((at) => {
    const { shape } = nodes[at]!;
    const { buffer, strides } = view(at);
    const own = !taken.has(buffer) && buffer.size === sizeOf(shape) && isRowMajor(strides, shape);
    taken.add(buffer);
    return own ? buffer : laid(at).buffer;
  });
  return {
    groups: fusionGroups(merge(kernels).flatMap(prepare)),
    inputs: inputs.map((at) => views[at]!.buffer),
    constants,
    outputs: finished,
  };

  /** Is an elementwise result computed inside its only reader? */
  function fusesAway({ shape }: AppliedNode, at: number): boolean {
    const reader = nodes[readers[at]!];
    if (reader?.kind !== 'applied' || applied[at]! >= maxApplied) return false;
    const { kind } = reader.operation;
    return kind === 'reduce' || (kind === 'elementwise' && sameShape(shape, reader.shape));
  }

  /** The view of a node; what was to be computed on the fly is stored first. */
  function view(at: number): StridedView {
    const seen = (views[at] ??= laid(at));
    const node = nodes[at]!;
    if (node.kind === 'constant') constants.set(seen.buffer, node.data);
    return seen;
  }

  /** A node as seen by a loop over `shape`, which it may be broadcast to. */
  function over(shape: Shape, at: number, seen: StridedView = view(at)): StridedView {
    const own = nodes[at]!.shape;
    return sameShape(own, shape) ? seen : { ...seen, strides: broadcastStrides(seen.strides, own, shape) };
  }

  /** The value of a node inside a loop over `shape`. */
  function read(at: number, shape: Shape): Expression {
    const node = nodes[at]!;
    const { dtype } = node;
    if (node.kind === 'constant' && node.data.length === 1) return { kind: 'constant', dtype, value: node.data[0]! };
    if (views[at]) return { kind: 'load', dtype, view: over(shape, at) };
    const { operation, inputs: operands } = node as AppliedNode;
    return { kind: 'apply', operation: operation as never, inputs: operands.map((input) => read(input, shape)), dtype };
  }

  /** Other strides on the same numbers; where no strides will do, the numbers are laid row after row first. */
  function throughView({ operation, inputs: [from], settings }: AppliedNode): StridedView {
    const through = (seen: StridedView): StridedView | undefined =>
      (operation as ViewOperation<never>).view(seen, nodes[from!]!.shape, settings as never);
    return through(view(from!)) ?? through(laid(from!))!;
  }

  /** A factor of a product of matrices, over its batch. */
  function factor(at: number, batch: Shape): StridedView {
    const seen = view(at);
    // Tiles add to addresses only: what runs backwards is laid out anew.
    const backwards = seen.strides.some((stride) => stride < 0);
    return over([...batch, ...nodes[at]!.shape.slice(-2)], at, backwards ? laid(at) : seen);
  }

  /** A copy of a node's numbers, row after row. */
  function laid(at: number): StridedView {
    const to = newView(nodes[at]!);
    copy(at, to);
    return to;
  }

  /** The numbers of a node to where they are wanted, in the dtype that is wanted there. */
  function copy(at: number, to: StridedView): void {
    const { shape } = nodes[at]!;
    map(to, shape, converted(read(at, shape), to.buffer.dtype));
  }

  function fill({ buffer }: StridedView, value: number): void {
    const shape = [buffer.size];
    map(whole(buffer, shape), shape, { kind: 'constant', dtype: buffer.dtype, value });
  }

  function map(to: StridedView, shape: Shape, value: Expression): void {
    if (sizeOf(shape) > 0) kernels.push(mapped(to, shape, value));
  }

  /** Adds a kernel whose rows lie along one of the axes `shape`, unless there is nothing to do. */
  function add(kernel: Kernel, shape: Shape, reads: readonly StridedView[], to: StridedView): void {
    if (sizeOf(shape) > 0) kernels.push(scheduled(kernel, shape, to, reads));
  }

  /** Adds the kernels of an operation; gives where its result is, unless that is to be computed inside its reader. */
  function lower(node: AppliedNode, at: number): StridedView | undefined {
    const { operation, shape } = node;
    if (operation.kind === 'view') return throughView(node);
    if (operation.kind === 'elementwise') {
      applied[at] = node.inputs.reduce((sum, input) => sum + (views[input] ? 0 : applied[input]!), 1);
      return fusesAway(node, at) ? undefined : laid(at);
    }
    const { inputs } = node;
    const first = inputs[0]!;
    const second = inputs[1]!;
    const settings = node.settings as Partial<ReduceSettings & SearchSettings & PadSettings> | undefined;
    const axis = settings?.axis ?? 0;
    const from = nodes[first]!.shape;
    const result = newView(node);
    const to = result.buffer;
    switch (operation.kind) {
      case 'reduce': {
        const { axes } = settings as ReduceSettings;
        const value = read(first, from);
        const kept = reducedShape(from, axes, true);
        if (sizeOf(from) === 0) fill(result, operation.identity);
        else add({ kind: 'reduce', operation, shape: from, axes, value, to }, kept, readsOf(value), whole(to, kept));
        break;
      }
      case 'search': {
        const seen = view(first);
        const kept = from.with(axis, 1);
        add({ kind: 'search', operation, shape: from, axis, from: seen, to }, kept, [seen], whole(to, kept));
        break;
      }
      case 'pad': {
        const { starts, steps, value } = settings as PadSettings;
        fill(result, value);
        copy(first, sliced(result, starts, steps));
        break;
      }
      case 'overlap': {
        const window = node.settings as OverlapSettings;
        const order = overlapOrder(shape.length, window);
        const ordered = (list: readonly number[]): readonly number[] => order.map((one) => list[one]!);
        const positions = ordered(from);
        const seen = view(first);
        const source = { ...seen, strides: ordered(seen.strides) };
        const target = windowed(result, window);
        const into = { ...target, strides: ordered(target.strides) };
        fill(result, 0);
        // Positions of the window share elements, so only the axes before them can be rows.
        const lead = shape.length - window.axes.length;
        const rowAxes = positions.map((length, at) => (at < lead ? length : Math.min(length, 1)));
        add({ kind: 'overlap', operation, shape: positions, from: source, to: into }, rowAxes, [source], into);
        break;
      }
      case 'concat': {
        let offset = 0;
        for (const input of inputs) {
          copy(input, { ...result, offset });
          offset += nodes[input]!.shape[axis]! * result.strides[axis]!;
        }
        break;
      }
      case 'matmul': {
        const k = from.at(-1)!;
        let m = shape.at(-2)!;
        let n = shape.at(-1)!;
        let batch = shape.slice(0, -2);
        if (k === 0) fill(result, 0);
        else {
          let seen = result;
          let a = factor(first, batch);
          let b = factor(second, batch);
          const rows = join([...batch, m], [a.strides.slice(0, -1)]);
          // Where one second matrix is multiplied by a whole batch, the batch is but more rows.
          if (rows.lengths.length === 1 && b.strides.slice(0, -2).every((stride) => stride === 0)) {
            batch = [];
            m = rows.lengths[0]!;
            a = { ...a, strides: [rows.strides[0]![0]!, a.strides.at(-1)!] };
            b = { ...b, strides: b.strides.slice(-2) };
          }
          // Few columns do not fill a vector, but rows that lie side by side do: then the transpose is computed.
          if (batch.length === 0 && n < 4 && m > n && a.strides[0] === 1) {
            seen = { ...result, strides: [...rowMajor(shape.slice(0, -1)), m] };
            [a, b] = [transposed(b), transposed(a)];
            [m, n] = [n, m];
          }
          if (to.size > 0) kernels.push(multiplied({ kind: 'matmul', operation, batch, m, n, k, a, b, to }));
          return seen;
        }
        break;
      }
      case 'gather': {
        const seen = view(first);
        const indices = view(second);
        // Any row may read any buffer along the axis.
        const reads = [fixedAlong(seen, axis), indices];
        add(
          { kind: 'gather', operation, shape, axis, length: from[axis]!, from: seen, indices, to },
          shape,
          reads,
          result,
        );
        break;
      }
      case 'scatter': {
        const along = nodes[second]!.shape;
        copy(first, result);
        const indices = view(second);
        const source = view(inputs[2]!);
        // Rows of indices may meet in one buffer, unless the axis lies within them.
        const axes = along[axis]! > 1 ? along.map((length, at) => (at < axis ? length : Math.min(length, 1))) : along;
        add(
          { kind: 'scatter', operation, shape: along, axis, length: shape[axis]!, indices, source, to: result },
          axes,
          [indices, source],
          result,
        );
        break;
      }
      case 'random': {
        const counter = view(first);
        add({ kind: 'random', operation, counter, to }, [Math.min(to.size, 1)], [counter], result);
        break;
      }
      case 'check': {
        if (sizeOf(from) === 0) break;
        const seen = view(first);
        const condition = isRowMajor(seen.strides, from) ? seen : laid(first);
        const values = inputs.slice(1).map((input) => ({ view: view(input), shape: nodes[input]!.shape }));
        const reads = [condition, ...values.map((value) => value.view)];
        kernels.push({
          kernel: {
            kind: 'check',
            operation,
            settings: node.settings as CheckSettings,
            shape: from,
            condition,
            values,
          },
          rows: 1,
          accesses: reads.map(({ buffer }) => ({ buffer, written: false, rowLocal: false })),
        });
      }
    }
    return result;
  }
}

/** A matrix with its axes exchanged. */
const transposed = (matrix: StridedView): StridedView => ({ ...matrix, strides: matrix.strides.toReversed() });

/** Which node is the only one that reads each, where there is one, and it is no output. */
function onlyReaders({ nodes, outputs }: Pick<Program, 'nodes' | 'outputs'>): readonly number[] {
  const readers: number[] = [];
  nodes.forEach((node, at) => {
    if (node.kind === 'applied')
      for (const input of node.inputs) readers[input] = readers[input] === undefined ? at : -1;
  });
  for (const at of outputs) readers[at] = -1;
  return readers;
}
