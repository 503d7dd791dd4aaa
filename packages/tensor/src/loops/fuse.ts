import type { PadSettings, ReduceSettings, SearchSettings, View } from '../operation.ts';
import { cast } from '../operations/elementwise.ts';
import type { AppliedNode, Program } from '../program.ts';
import { sameShape, type Shape, sizeOf } from '../shape.ts';
import { broadcastStrides, isRowMajor, sliced, type Strided } from '../strided.ts';
import { type Expression, type Kernel, type MatMulKernel, readings } from './kernel.ts';
import { join, type Lens, type Place, placeFor, whole } from './lens.ts';
import { merge } from './merge.ts';
import { type Pass, passesOf } from './passes.ts';

/** A program as loop nests over places in memory. */
export interface Schedule {
  readonly passes: readonly Pass[];
  readonly inputs: readonly Place[];
  /** The places of constants that are read from memory, with their nodes. */
  readonly constants: ReadonlyMap<Place, number>;
  /** Where each output of the program stands at the end. */
  readonly outputs: readonly Place[];
}

/** What is known of a node: where it is stored, or how to compute it inside a loop that needs it. */
type Known = { readonly lens: Lens } | { readonly law: AppliedNode };

/**
 * Decides which values of a program are stored, and which are computed inside the loop that uses them.
 *
 * An elementwise result with a single reader that is a loop of the same shape (or a reduction over it) is never
 * stored. Views are never carried out: they change the strides by which their readers read.
 */
export function fuse(program: Program): Schedule {
  return new Fusion(program).schedule();
}

/** So many laws are computed on the fly at most: what follows on a long chain reads what is stored half-way. */
const mostLaws = 128;

class Fusion {
  readonly #program: Program;
  readonly #known: Known[] = [];
  /** How many laws are computed on the fly for each node. */
  readonly #laws: number[] = [];
  readonly #readers: number[][] = [];
  readonly #kernels: Kernel[] = [];
  readonly #constants = new Map<Place, number>();
  readonly #stored: ReadonlySet<number>;

  constructor(program: Program) {
    this.#program = program;
    this.#stored = new Set(program.outputs);
    for (let at = 0; at < program.nodes.length; at++) {
      const node = program.nodes[at]!;
      this.#readers.push([]);
      if (node.kind === 'applied') for (const input of node.inputs) this.#readers[input]!.push(at);
    }
  }

  schedule(): Schedule {
    const { nodes, inputs, outputs } = this.#program;
    // An output needs a place of its own, filled row after row: what is only seen through a view is copied.
    const taken = new Set<Place>();
    for (let at = 0; at < nodes.length; at++) {
      const node = nodes[at]!;
      if (node.kind === 'applied') this.#known[at] = this.#lower(node, at);
      else {
        const lens = whole(placeFor(node.shape, node.dtype), node.shape);
        this.#known[at] = { lens };
        taken.add(lens.place);
      }
    }
    const finished: Place[] = [];
    for (const at of outputs) {
      const { shape, dtype } = nodes[at]!;
      const { place, strides, offset } = this.#lens(at);
      if (taken.has(place) || place.size !== sizeOf(shape) || offset !== 0 || !isRowMajor(strides, shape)) {
        const to = placeFor(shape, dtype);
        this.#copy(at, whole(to, shape));
        finished.push(to);
      } else {
        taken.add(place);
        finished.push(place);
      }
    }
    return {
      passes: passesOf(merge(this.#kernels)),
      inputs: inputs.map((at) => (this.#known[at] as { lens: Lens }).lens.place),
      constants: this.#constants,
      outputs: finished,
    };
  }

  #lower(node: AppliedNode, at: number): Known {
    const { operation, inputs, shape, dtype } = node;
    if (operation.kind === 'view') return { lens: this.#view(node) };
    if (operation.kind === 'elementwise') {
      let laws = 1;
      for (const input of inputs) if ('law' in this.#known[input]!) laws += this.#laws[input]!;
      this.#laws[at] = laws;
      return this.#fusesAway(at) ? { law: node } : { lens: this.#store(at, { law: node }) };
    }
    const to = placeFor(shape, dtype);
    const result = whole(to, shape);
    const first = inputs[0]!;
    const from = this.#program.nodes[first]!.shape;
    switch (operation.kind) {
      case 'reduce': {
        const { axes } = node.settings as ReduceSettings;
        const value = this.#read(first, from);
        if (sizeOf(from) === 0) this.#fill(to, operation.initial!);
        else this.#kernels.push({ kind: 'reduce', operation, shape: from, axes, value, to });
        break;
      }
      case 'search': {
        const { axis } = node.settings as SearchSettings;
        this.#add({ kind: 'search', operation, shape: from, axis, from: this.#lens(first), to });
        break;
      }
      case 'pad': {
        const { starts, steps, value } = node.settings as PadSettings;
        this.#fill(to, value);
        this.#copy(first, sliced(result, starts, steps));
        break;
      }
      case 'concat': {
        const { axis } = node.settings as { readonly axis: number };
        let offset = 0;
        for (const input of inputs) {
          this.#copy(input, { ...result, offset });
          offset += this.#shapeOf(input)[axis]! * result.strides[axis]!;
        }
        break;
      }
      case 'matmul': {
        const k = from.at(-1)!;
        const m = shape.at(-2)!;
        const n = shape.at(-1)!;
        const batch = shape.slice(0, -2);
        if (k === 0) this.#fill(to, 0);
        else {
          const a = this.#factor(first, batch);
          const b = this.#factor(inputs[1]!, batch);
          this.#add(asRows({ kind: 'matmul', operation, batch, m, n, k, a, b, to }));
        }
        break;
      }
      case 'gather': {
        const { axis } = node.settings as { readonly axis: number };
        const length = from[axis]!;
        const seen = this.#lens(first);
        const indices = this.#lens(inputs[1]!);
        this.#add({ kind: 'gather', operation, shape, axis, length, from: seen, indices, to });
        break;
      }
      case 'scatter': {
        const { axis } = node.settings as { readonly axis: number };
        const over = this.#shapeOf(inputs[1]!);
        const length = shape[axis]!;
        this.#copy(first, result);
        const indices = this.#lens(inputs[1]!);
        const source = this.#lens(inputs[2]!);
        if (sizeOf(over) > 0)
          this.#kernels.push({ kind: 'scatter', operation, shape: over, axis, length, indices, source, to: result });
        break;
      }
      case 'random':
        this.#add({ kind: 'random', operation, counter: this.#lens(first), to });
    }
    return { lens: result };
  }

  /** Adds a kernel that fills a place, unless there is nothing to fill. */
  #add(kernel: Kernel & { readonly to: Place }): void {
    if (kernel.to.size > 0) this.#kernels.push(kernel);
  }

  /** A factor of a product of matrices, over its batch. */
  #factor(at: number, batch: Shape): Lens {
    const seen = this.#lens(at);
    // Tiles add to addresses only: what runs backwards is laid out anew.
    const lens = seen.strides.some((stride) => stride < 0) ? this.#laid(at) : seen;
    const over = broadcastStrides(lens.strides.slice(0, -2), this.#shapeOf(at).slice(0, -2), batch);
    return { ...lens, strides: [...over, ...lens.strides.slice(-2)] };
  }

  /** Is an elementwise result computed inside its only reader? */
  #fusesAway(at: number): boolean {
    const readers = this.#readers[at]!;
    if (this.#stored.has(at) || readers.length !== 1 || this.#laws[at]! >= mostLaws) return false;
    const reader = this.#program.nodes[readers[0]!] as AppliedNode;
    const { shape } = this.#program.nodes[at]!;
    if (reader.operation.kind === 'reduce') return true;
    return reader.operation.kind === 'elementwise' && sameShape(shape, reader.shape);
  }

  #shapeOf(at: number): Shape {
    return this.#program.nodes[at]!.shape;
  }

  /** A node as seen by a loop over `shape`, which it may be broadcast to. */
  #read(at: number, shape: Shape): Expression {
    const known = this.#known[at]!;
    const { dtype } = this.#program.nodes[at]!;
    if ('lens' in known) {
      const node = this.#program.nodes[at]!;
      if (node.kind === 'constant' && node.data.length === 1) return { kind: 'constant', dtype, value: node.data[0]! };
      const { place, strides, offset } = this.#lens(at);
      return {
        kind: 'reading',
        dtype,
        lens: { place, strides: broadcastStrides(strides, this.#shapeOf(at), shape), offset },
      };
    }
    const inputs: Expression[] = [];
    for (const input of known.law.inputs) inputs.push(this.#read(input, shape));
    return { kind: 'law', operation: known.law.operation as never, inputs, dtype };
  }

  /** The lens of a node; what was to be computed on the fly is stored first. */
  #lens(at: number): Lens {
    const known = this.#known[at]!;
    const lens = 'lens' in known ? known.lens : this.#store(at, known);
    this.#known[at] = { lens };
    if (this.#program.nodes[at]!.kind === 'constant') this.#constants.set(lens.place, at);
    return lens;
  }

  #store(at: number, known: Known): Lens {
    const { shape, dtype } = this.#program.nodes[at]!;
    this.#known[at] = known;
    const to = whole(placeFor(shape, dtype), shape);
    this.#map(to, shape, this.#read(at, shape));
    return to;
  }

  #map(to: Lens, shape: Shape, value: Expression): void {
    if (sizeOf(shape) > 0) this.#kernels.push({ kind: 'map', shape, stores: [{ to, value, reads: readings(value) }] });
  }

  #fill(to: Place, value: number): void {
    this.#map(whole(to, [to.size]), [to.size], { kind: 'constant', dtype: to.dtype, value });
  }

  /** The numbers of a node to where they are wanted, in the dtype that is wanted there. */
  #copy(at: number, to: Lens): void {
    const shape = this.#shapeOf(at);
    const { dtype } = to.place;
    const own = this.#read(at, shape);
    const value: Expression =
      own.dtype === dtype ? own : { kind: 'law', operation: cast as never, inputs: [own], dtype };
    this.#map(to, shape, value);
  }

  /** Other strides on the same numbers; where no strides will do, the numbers are laid row after row first. */
  #view(node: AppliedNode): Lens {
    const from = node.inputs[0]!;
    const lens = this.#lens(from);
    const operation = node.operation as View<never>;
    const through = (seen: Lens): Lens | undefined => {
      const strided = operation.view(seen as unknown as Strided, this.#shapeOf(from), node.settings as never);
      return strided && { place: seen.place, strides: strided.strides, offset: strided.offset };
    };
    return through(lens) ?? through(this.#laid(from))!;
  }

  /** A copy of a node's numbers, row after row. */
  #laid(at: number): Lens {
    const { shape, dtype } = this.#program.nodes[at]!;
    const laid = whole(placeFor(shape, dtype), shape);
    this.#copy(at, laid);
    return laid;
  }
}

/** Where one second matrix is multiplied by a whole batch, the batch is but more rows. */
function asRows(product: MatMulKernel): MatMulKernel {
  const { batch, m, a, b } = product;
  if (b.strides.slice(0, -2).some((stride) => stride !== 0)) return product;
  const right = a.strides.at(-1)!;
  const { lengths, strides } = join([...batch, m], [a.strides.slice(0, -1)]);
  if (lengths.length !== 1) return product;
  const down = strides[0]![0]!;
  return {
    ...product,
    batch: [],
    m: lengths[0]!,
    a: { ...a, strides: [down, right] },
    b: { ...b, strides: b.strides.slice(-2) },
  };
}
