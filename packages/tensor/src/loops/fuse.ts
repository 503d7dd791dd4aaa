import type { PadSettings, ReduceSettings, SearchSettings, View } from '../operation.ts';
import { cast } from '../operations/elementwise.ts';
import type { AppliedNode, Program } from '../program.ts';
import { sameShape, type Shape, sizeOf } from '../shape.ts';
import { broadcastStrides, isRowMajor, rowMajor, sliced, type Strided } from '../strided.ts';
import type { Expression, Kernel } from './kernel.ts';
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
  readonly #readers: number[][];
  readonly #kernels: Kernel[] = [];
  readonly #constants = new Map<Place, number>();
  readonly #stored: ReadonlySet<number>;

  constructor(program: Program) {
    this.#program = program;
    this.#readers = program.nodes.map(() => []);
    program.nodes.forEach((node, at) => {
      if (node.kind === 'applied') for (const input of node.inputs) this.#readers[input]!.push(at);
    });
    this.#stored = new Set(program.outputs);
  }

  schedule(): Schedule {
    const { nodes, inputs, outputs } = this.#program;
    nodes.forEach((node, at) => {
      this.#known[at] =
        node.kind === 'applied' ? this.#lower(node, at) : { lens: whole(placeFor(node.shape, node.dtype), node.shape) };
    });
    // An output needs a place of its own, filled row after row: what is only seen through a view is copied.
    const taken = new Set(
      this.#known.flatMap((known, at) => ('lens' in known && nodes[at]!.kind !== 'applied' ? [known.lens.place] : [])),
    );
    const finished = outputs.map((at) => {
      const { shape, dtype } = nodes[at]!;
      const { place, strides, offset } = this.#lens(at);
      if (!taken.has(place) && place.size === sizeOf(shape) && offset === 0 && isRowMajor(strides, shape)) {
        taken.add(place);
        return place;
      }
      const to = placeFor(shape, dtype);
      this.#copy(at, whole(to, shape));
      return to;
    });
    return {
      passes: passesOf(merge(this.#kernels)),
      inputs: inputs.map((at) => (this.#known[at] as { lens: Lens }).lens.place),
      constants: this.#constants,
      outputs: finished,
    };
  }

  #lower(node: AppliedNode, at: number): Known {
    const { operation, inputs, shape, dtype } = node;
    switch (operation.kind) {
      case 'elementwise': {
        const known = { law: node };
        this.#laws[at] = inputs.reduce(
          (sum, input) => sum + ('law' in this.#known[input]! ? this.#laws[input]! : 0),
          1,
        );
        return this.#fusesAway(at) ? known : { lens: this.#store(at, known) };
      }
      case 'view':
        return { lens: this.#view(node) };
      case 'reduce': {
        const { axes } = node.settings as ReduceSettings;
        const from = this.#program.nodes[inputs[0]!]!.shape;
        const to = placeFor(shape, dtype);
        const value = this.#read(inputs[0]!, from);
        if (sizeOf(from) > 0) this.#kernels.push({ kind: 'reduce', operation, shape: from, axes, value, to });
        else this.#fill(to, operation.initial!);
        return { lens: whole(to, shape) };
      }
      case 'search': {
        const { axis } = node.settings as SearchSettings;
        const to = placeFor(shape, dtype);
        const from = this.#lens(inputs[0]!);
        if (to.size > 0)
          this.#kernels.push({ kind: 'search', operation, shape: this.#shapeOf(inputs[0]!), axis, from, to });
        return { lens: whole(to, shape) };
      }
      case 'pad': {
        const { starts, steps, value } = node.settings as PadSettings;
        const to = placeFor(shape, dtype);
        this.#fill(to, value);
        this.#copy(inputs[0]!, sliced(whole(to, shape), starts, steps));
        return { lens: whole(to, shape) };
      }
      case 'concat': {
        const { axis } = node.settings as { readonly axis: number };
        const to = placeFor(shape, dtype);
        const strides = rowMajor(shape);
        let offset = 0;
        for (const input of inputs) {
          this.#copy(input, { place: to, strides, offset });
          offset += this.#shapeOf(input)[axis]! * strides[axis]!;
        }
        return { lens: whole(to, shape) };
      }
      case 'matmul': {
        const to = placeFor(shape, dtype);
        const [m, n] = shape.slice(-2) as [number, number];
        const batch = shape.slice(0, -2);
        const side = (input: number): Lens => {
          const own = this.#shapeOf(input);
          // Tiles add to addresses only: what runs backwards is laid out anew.
          const lens = this.#lens(input).strides.some((stride) => stride < 0) ? this.#laid(input) : this.#lens(input);
          const over = broadcastStrides(lens.strides.slice(0, -2), own.slice(0, -2), batch);
          return { ...lens, strides: [...over, ...lens.strides.slice(-2)] };
        };
        const k = this.#shapeOf(inputs[0]!).at(-1)!;
        if (k === 0) this.#fill(to, 0);
        else if (to.size > 0) {
          const [a, b] = [side(inputs[0]!), side(inputs[1]!)];
          this.#kernels.push(asRows({ kind: 'matmul', operation, batch, m, n, k, a, b, to }));
        }
        return { lens: whole(to, shape) };
      }
      case 'gather': {
        const { axis } = node.settings as { readonly axis: number };
        const to = placeFor(shape, dtype);
        const length = this.#shapeOf(inputs[0]!)[axis]!;
        const [from, indices] = [this.#lens(inputs[0]!), this.#lens(inputs[1]!)];
        if (to.size > 0) this.#kernels.push({ kind: 'gather', operation, shape, axis, length, from, indices, to });
        return { lens: whole(to, shape) };
      }
      case 'scatter': {
        const { axis } = node.settings as { readonly axis: number };
        const to = whole(placeFor(shape, dtype), shape);
        const over = this.#shapeOf(inputs[1]!);
        this.#copy(inputs[0]!, to);
        const length = shape[axis]!;
        const [indices, source] = [this.#lens(inputs[1]!), this.#lens(inputs[2]!)];
        if (sizeOf(over) > 0)
          this.#kernels.push({ kind: 'scatter', operation, shape: over, axis, length, indices, source, to });
        return { lens: to };
      }
      case 'random': {
        const to = placeFor(shape, dtype);
        this.#kernels.push({ kind: 'random', operation, counter: this.#lens(inputs[0]!), to });
        return { lens: whole(to, shape) };
      }
    }
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
    const { operation, inputs } = known.law;
    return {
      kind: 'law',
      operation: operation as never,
      inputs: inputs.map((input) => this.#read(input, shape)),
      dtype,
    };
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
    if (sizeOf(shape) > 0) this.#kernels.push({ kind: 'map', shape, stores: [{ to, value }] });
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
function asRows(product: Kernel & { kind: 'matmul' }): Kernel {
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
