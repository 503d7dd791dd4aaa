import type { TypedArray } from '../dtype.ts';
import type { PadSettings, ReduceSettings, SearchSettings, View } from '../operation.ts';
import type { AppliedNode, Program } from '../program.ts';
import { reducedShape, sameShape, type Shape, sizeOf } from '../shape.ts';
import { broadcastStrides, isRowMajor, rowMajor, sliced } from '../strided.ts';
import { converted, type Expression, type Kernel, mapped, readsOf, type Touched, touched } from './kernel.ts';
import { join, type Lens, type Place, roomFor, still, whole } from './lens.ts';
import { merge } from './merge.ts';
import { type Pass, passesOf } from './passes.ts';

/** A program as loop nests over places in memory. */
export interface Schedule {
  readonly passes: readonly Pass[];
  readonly inputs: readonly Place[];
  /** The places of constants that are read from memory, with their numbers. */
  readonly constants: ReadonlyMap<Place, TypedArray>;
  /** Where each output of the program stands at the end. */
  readonly outputs: readonly Place[];
}

/** So many laws are computed on the fly at most: what follows on a long chain reads what is stored half-way. */
const mostLaws = 128;

/**
 * Decides which values of a program are stored, and which are computed inside the loop that uses them.
 *
 * An elementwise result with a single reader that is a loop of the same shape (or a reduction over it) is never
 * stored. Views are never carried out: they change the strides by which their readers read.
 */
export function fuse({ nodes, inputs, outputs }: Program): Schedule {
  const kernels: Touched[] = [];
  const constants = new Map<Place, TypedArray>();
  /** Where each node is stored; one without a lens is computed inside the loop that reads it. */
  const lenses: (Lens | undefined)[] = [];
  /** How many laws are computed on the fly for a node that is not stored. */
  const laws: number[] = [];
  const readers = onlyReaders({ nodes, outputs });

  // An output needs a place of its own, filled row after row: what is only seen through a view is copied.
  const taken = new Set<Place>();
  for (let at = 0; at < nodes.length; at++) {
    const node = nodes[at]!;
    if (node.kind === 'applied') lenses[at] = lower(node, at);
    else {
      const seen = roomFor(node);
      lenses[at] = seen;
      taken.add(seen.place);
    }
  }
  const finished = outputs.map((at) => {
    const { shape } = nodes[at]!;
    const { place, strides } = lens(at);
    const own = !taken.has(place) && place.size === sizeOf(shape) && isRowMajor(strides, shape);
    taken.add(place);
    return own ? place : laid(at).place;
  });
  return {
    passes: passesOf(merge(kernels)),
    inputs: inputs.map((at) => lenses[at]!.place),
    constants,
    outputs: finished,
  };

  /** Is an elementwise result computed inside its only reader? */
  function fusesAway({ shape }: AppliedNode, at: number): boolean {
    const reader = nodes[readers[at]!];
    if (reader?.kind !== 'applied' || laws[at]! >= mostLaws) return false;
    const { kind } = reader.operation;
    return kind === 'reduce' || (kind === 'elementwise' && sameShape(shape, reader.shape));
  }

  /** The lens of a node; what was to be computed on the fly is stored first. */
  function lens(at: number): Lens {
    const seen = (lenses[at] ??= laid(at));
    const node = nodes[at]!;
    if (node.kind === 'constant') constants.set(seen.place, node.data);
    return seen;
  }

  /** A node as seen by a loop over `shape`, which it may be broadcast to. */
  function over(shape: Shape, at: number, seen: Lens = lens(at)): Lens {
    const own = nodes[at]!.shape;
    return sameShape(own, shape) ? seen : { ...seen, strides: broadcastStrides(seen.strides, own, shape) };
  }

  /** The value of a node inside a loop over `shape`. */
  function read(at: number, shape: Shape): Expression {
    const node = nodes[at]!;
    const { dtype } = node;
    if (node.kind === 'constant' && node.data.length === 1) return { kind: 'constant', dtype, value: node.data[0]! };
    if (lenses[at]) return { kind: 'reading', dtype, lens: over(shape, at) };
    const { operation, inputs: operands } = node as AppliedNode;
    return { kind: 'law', operation: operation as never, inputs: operands.map((input) => read(input, shape)), dtype };
  }

  /** Other strides on the same numbers; where no strides will do, the numbers are laid row after row first. */
  function view({ operation, inputs: [from], settings }: AppliedNode): Lens {
    const through = (seen: Lens): Lens | undefined =>
      (operation as View<never>).view(seen, nodes[from!]!.shape, settings as never);
    return through(lens(from!)) ?? through(laid(from!))!;
  }

  /** A factor of a product of matrices, over its batch. */
  function factor(at: number, batch: Shape): Lens {
    const seen = lens(at);
    // Tiles add to addresses only: what runs backwards is laid out anew.
    const backwards = seen.strides.some((stride) => stride < 0);
    return over([...batch, ...nodes[at]!.shape.slice(-2)], at, backwards ? laid(at) : seen);
  }

  /** A copy of a node's numbers, row after row. */
  function laid(at: number): Lens {
    const to = roomFor(nodes[at]!);
    copy(at, to);
    return to;
  }

  /** The numbers of a node to where they are wanted, in the dtype that is wanted there. */
  function copy(at: number, to: Lens): void {
    const { shape } = nodes[at]!;
    map(to, shape, converted(read(at, shape), to.place.dtype));
  }

  function fill({ place }: Lens, value: number): void {
    const shape = [place.size];
    map(whole(place, shape), shape, { kind: 'constant', dtype: place.dtype, value });
  }

  function map(to: Lens, shape: Shape, value: Expression): void {
    if (sizeOf(shape) > 0) kernels.push(mapped(to, shape, value));
  }

  /** Adds a kernel whose rows lie along one of the axes `shape`, unless there is nothing to do. */
  function add(kernel: Kernel, shape: Shape, reads: readonly Lens[], to: Lens): void {
    if (sizeOf(shape) > 0) kernels.push(touched(kernel, shape, to, reads));
  }

  /** Adds the kernels of an operation; gives where its result is, unless that is to be computed inside its reader. */
  function lower(node: AppliedNode, at: number): Lens | undefined {
    const { operation, shape } = node;
    if (operation.kind === 'view') return view(node);
    if (operation.kind === 'elementwise') {
      laws[at] = node.inputs.reduce((sum, input) => sum + (lenses[input] ? 0 : laws[input]!), 1);
      return fusesAway(node, at) ? undefined : laid(at);
    }
    const { inputs } = node;
    const first = inputs[0]!;
    const second = inputs[1]!;
    const settings = node.settings as Partial<ReduceSettings & SearchSettings & PadSettings> | undefined;
    const axis = settings?.axis ?? 0;
    const from = nodes[first]!.shape;
    const result = roomFor(node);
    const to = result.place;
    switch (operation.kind) {
      case 'reduce': {
        const { axes } = settings as ReduceSettings;
        const value = read(first, from);
        const kept = reducedShape(from, axes, true);
        if (sizeOf(from) === 0) fill(result, operation.initial!);
        else add({ kind: 'reduce', operation, shape: from, axes, value, to }, kept, readsOf(value), whole(to, kept));
        break;
      }
      case 'search': {
        const seen = lens(first);
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
          const axes = [...batch, m];
          // All rows of a product read the whole second matrix, and columns are no rows.
          const reads = [a, { ...b, strides: b.strides.slice(0, -2) }];
          const made = whole(to, [...axes, n]);
          add({ kind: 'matmul', operation, batch, m, n, k, a, b, to }, [...axes, Math.min(n, 1)], reads, made);
          return seen;
        }
        break;
      }
      case 'gather': {
        const seen = lens(first);
        const indices = lens(second);
        // Any row may read any place along the axis.
        const reads = [still(seen, axis), indices];
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
        const indices = lens(second);
        const source = lens(inputs[2]!);
        // Rows of indices may meet in one place, unless the axis lies within them.
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
        const counter = lens(first);
        add({ kind: 'random', operation, counter, to }, [Math.min(to.size, 1)], [counter], result);
      }
    }
    return result;
  }
}

/** A matrix with its axes exchanged. */
const transposed = (matrix: Lens): Lens => ({ ...matrix, strides: matrix.strides.toReversed() });

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
