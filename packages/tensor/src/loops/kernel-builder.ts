import type { AppliedNode, Node, Program } from '../compile/program.ts';
import type { ComputeDType, TypedArray } from '../dtype.ts';
import type { ResultSettings } from '../operation.ts';
import { sameShape, type Shape, sizeOf } from '../shape.ts';
import { broadcastStrides, isRowMajor, rowMajor, sliced } from '../strided.ts';
import type { Schedule } from './fuse.ts';
import {
  type Buffer,
  converted,
  type Expression,
  type Kernel,
  mapped,
  newView,
  type ScheduledKernel,
  scheduled,
  type StridedView,
  whole,
} from './ir.ts';

/** Collects the kernels of a program, and knows by which view each node is read. Nodes are named by their index. */
export class KernelBuilder {
  readonly kernels: ScheduledKernel[] = [];
  /** The constants that are read from memory. */
  readonly constants: Map<Buffer, TypedArray> = new Map();
  readonly #nodes: readonly Node[];
  /** Buffers with the elements of a buffer and zeros around them, by how the elements are read. */
  readonly #padded = new Map<Buffer, Map<string, Buffer>>();
  /** The view of each node that is stored; the others are computed in the loops that read them. */
  readonly #views: (StridedView | undefined)[] = [];
  /** The views of the results of each loop. */
  readonly #results = new Map<number, ReadonlyMap<number, StridedView>>();
  /** The schedule of the body of a loop. `shared` has the views of those of its inputs that lie outside of it. */
  readonly scheduleOf: (body: Program, shared: ReadonlyMap<number, StridedView>) => Schedule;

  constructor(nodes: readonly Node[], scheduleOf: KernelBuilder['scheduleOf']) {
    this.#nodes = nodes;
    this.scheduleOf = scheduleOf;
  }

  shapeOf(at: number): Shape {
    return this.#nodes[at]!.shape;
  }

  /** Gives an input or a constant a buffer, unless it lies outside, and returns it. */
  place(at: number, view: StridedView = newView(this.#nodes[at]!)): Buffer {
    this.#views[at] = view;
    return view.buffer;
  }

  /** Sets the view by which a node is read. */
  store(at: number, view: StridedView): void {
    this.#views[at] = view;
  }

  /** The results of a loop that are read, each once. */
  resultsReadOf(loop: number): readonly ResultSettings[] {
    const found = new Map<number, ResultSettings>();
    for (const node of this.#nodes) {
      if (node.kind !== 'applied' || node.operation.kind !== 'result' || node.inputs[0] !== loop) continue;
      const settings = node.settings as ResultSettings;
      found.set(settings.at, settings);
    }
    return [...found.values()];
  }

  storeResults(loop: number, views: ReadonlyMap<number, StridedView>): void {
    this.#results.set(loop, views);
  }

  resultOf(loop: number, at: number): StridedView {
    return this.#results.get(loop)!.get(at)!;
  }

  /** The view of a node. A node that is not stored yet is stored first. */
  view(at: number): StridedView {
    const view = (this.#views[at] ??= this.contiguous(at));
    const node = this.#nodes[at]!;
    if (node.kind === 'constant') this.constants.set(view.buffer, node.data);
    return view;
  }

  /** The view of a node in a loop over `shape`, to which it is broadcast. */
  viewOver(shape: Shape, at: number, view: StridedView = this.view(at)): StridedView {
    const own = this.shapeOf(at);
    return sameShape(own, shape) ? view : { ...view, strides: broadcastStrides(view.strides, own, shape) };
  }

  /** The value of a node in a loop over `shape`. */
  read(at: number, shape: Shape): Expression {
    const node = this.#nodes[at]!;
    const { dtype } = node;
    if (node.kind === 'constant' && node.data.length === 1) return { kind: 'constant', dtype, value: node.data[0]! };
    if (this.#views[at]) return { kind: 'load', dtype, view: this.viewOver(shape, at) };
    const { operation, inputs } = node as AppliedNode;
    return {
      kind: 'apply',
      operation: operation as never,
      inputs: inputs.map((input) => this.read(input, shape)),
      dtype,
    };
  }

  /** The view of a node in row-major order: its own, or that of a copy. */
  rowMajor(at: number): StridedView {
    const view = this.view(at);
    return isRowMajor(view.strides, this.shapeOf(at)) ? view : this.contiguous(at);
  }

  /** Stores the elements of a node in row-major order in a new buffer, cast to a dtype. */
  contiguous(at: number, dtype: ComputeDType = this.#nodes[at]!.dtype): StridedView {
    const to = newView({ shape: this.shapeOf(at), dtype });
    this.copy(at, to);
    return to;
  }

  /**
   * The view of a node, cast to a dtype, with zeros before and after along each axis; a negative number cuts elements off.
   * The zeros are laid out once for all that read the same elements with the same zeros, whatever the order of their axes.
   */
  padded(at: number, padding: readonly (readonly [before: number, after: number])[], dtype: ComputeDType): StridedView {
    const node = this.view(at);
    const from = node.buffer.dtype === dtype ? node : this.contiguous(at, dtype);
    const shape = this.shapeOf(at);
    if (padding.every(([before, after]) => before <= 0 && after <= 0)) return cutOff(from, padding);
    const order = [...shape.keys()].sort((one, other) => from.strides[other]! - from.strides[one]!);
    // Axes of length 1 have any stride.
    const long = order.filter((axis) => shape[axis] !== 1 || padding[axis]!.some((zeros) => zeros !== 0));
    const lengths = long.map((axis) => shape[axis]! + padding[axis]![0] + padding[axis]![1]);
    const key = long.map((axis) => `${from.strides[axis]} ${shape[axis]} ${padding[axis]!.join(' ')}`).join();
    let known = this.#padded.get(from.buffer);
    if (!known) this.#padded.set(from.buffer, (known = new Map()));
    let buffer = known.get(`${from.offset} ${key}`);
    if (!buffer) {
      const room = newView({ shape: lengths, dtype });
      buffer = room.buffer;
      known.set(`${from.offset} ${key}`, buffer);
      this.fill(room, 0);
      const ends = long.map((axis) => padding[axis]!);
      const kept = long.map(
        (axis, place) => shape[axis]! + Math.min(ends[place]![0], 0) + Math.min(ends[place]![1], 0),
      );
      const view = cutOff({ ...from, strides: long.map((axis) => from.strides[axis]!) }, ends);
      const starts = ends.map(([before]) => Math.max(before, 0));
      this.#map(
        sliced(
          room,
          starts,
          starts.map(() => 1),
        ),
        kept,
        { kind: 'load', dtype, view },
      );
    }
    const laid = rowMajor(lengths);
    return { buffer, strides: shape.map((_, axis) => laid[long.indexOf(axis)] ?? 0), offset: 0 };
  }

  /** Copies the elements of a node, cast to the dtype of the target. */
  copy(at: number, to: StridedView): void {
    const shape = this.shapeOf(at);
    this.#map(to, shape, converted(this.read(at, shape), to.buffer.dtype));
  }

  /** Sets all elements of a buffer to one number. */
  fill({ buffer }: StridedView, value: number): void {
    const shape = [buffer.size];
    this.#map(whole(buffer, shape), shape, { kind: 'constant', dtype: buffer.dtype, value });
  }

  /** Adds a kernel whose rows lie along one of the axes of `shape`, unless it has no elements. */
  add(kernel: Kernel, shape: Shape, reads: readonly StridedView[], to: StridedView): void {
    if (sizeOf(shape) > 0) this.kernels.push(scheduled(kernel, shape, to, reads));
  }

  #map(to: StridedView, shape: Shape, value: Expression): void {
    if (sizeOf(shape) > 0) this.kernels.push(mapped(to, shape, value));
  }
}

/** A view without the elements that negative padding cuts off before the others. */
function cutOff(view: StridedView, padding: readonly (readonly [number, number])[]): StridedView {
  const starts = padding.map(([before]) => Math.max(-before, 0));
  return sliced(
    view,
    starts,
    starts.map(() => 1),
  );
}
