import type { AppliedNode, Node } from '../compile/program.ts';
import type { DType, TypedArray } from '../dtype.ts';
import { sameShape, type Shape, sizeOf } from '../shape.ts';
import { broadcastStrides } from '../strided.ts';
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
  /** The view of each node that is stored; the others are computed in the loops that read them. */
  readonly #views: (StridedView | undefined)[] = [];

  constructor(nodes: readonly Node[]) {
    this.#nodes = nodes;
  }

  shapeOf(at: number): Shape {
    return this.#nodes[at]!.shape;
  }

  /** Gives an input or a constant a buffer, and returns it. */
  place(at: number): Buffer {
    const view = newView(this.#nodes[at]!);
    this.#views[at] = view;
    return view.buffer;
  }

  /** Sets the view by which a node is read. */
  store(at: number, view: StridedView): void {
    this.#views[at] = view;
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

  /** Stores the elements of a node in row-major order in a new buffer, cast to a dtype. */
  contiguous(at: number, dtype: DType = this.#nodes[at]!.dtype): StridedView {
    const to = newView({ shape: this.shapeOf(at), dtype });
    this.copy(at, to);
    return to;
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
