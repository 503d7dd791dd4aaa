import { concat } from '../combination.ts';
import { checkFunction, DTypeError, ShapeError } from '../errors.ts';
import type { Kind, LoopSettings, Operation, SettingsOf } from '../operation.ts';
import { checkOptions } from '../options.ts';
import type { Numbers } from '../reference/kernel.ts';
import { LoopBody, placeholder } from '../scan/loop-body.ts';
import { normalizeAxis, type Shape, showShape, sizeOf } from '../shape.ts';
import { checkReturned, mapTensors, type OpenTensors } from '../structure.ts';
import { apply, checkTensor, nestedTracing, Tensor, type Trace } from '../tensor.ts';
import { topologicalOrder } from '../topological-order.ts';

/** The axis along which an argument has its entries; `null` for an argument that is the same for all entries. */
export type MapAxes = number | null | readonly MapAxes[] | { readonly [name: string]: MapAxes };

/** A result whose tensors have one entry per call along a first axis. */
export type MapResult<R> =
  R extends Tensor<infer S>
    ? Tensor<number[] extends S ? Shape : [number, ...S]>
    : R extends object
      ? { readonly [Part in keyof R]: MapResult<R[Part]> }
      : R;

/**
 * A function that does for many entries along an axis what f does for one, as one program: k networks with weights of
 * their own are trained together, or the gradient of each sample is computed by itself.
 *
 *   vmap(f)(x)[i] = f(x[i])
 *
 * f runs once, with tensors that stand for one entry, and every operation on them is done for all entries at once. f may
 * take gradients, call vmap, and read variables and tensors from outside, which are the same for all entries. What it
 * draws from `stepRandom` is the same for all entries, too. It cannot read numbers, or assign a variable a value that
 * differs between entries.
 *
 * @param f     a function of tensors, or of arrays and records of tensors; it returns tensors, alone or in arrays and records
 * @param axes  for each argument the axis of its entries, or `null` where all entries share it; 0 unless given. An array or
 *   record of axes gives an axis to each part of an array or record.
 * @param options.outAxis  the axis of the entries in each result, 0 unless given
 * @throws ShapeError when the arguments differ in their number of entries, or an axis is out of range
 * @throws DTypeError when no argument has entries, or f returns anything but tensors
 * @example
 * const dot = (a: Tensor, b: Tensor): Tensor => a.mul(b).sum();
 * String(vmap(dot, [0, null])(tensor([[1, 2], [3, 4]]), tensor([1, 10])))   // [21. 43.]
 * @see Bradbury et al., JAX: composable transformations of Python and NumPy programs (2018)
 */
export function vmap<Args extends readonly unknown[], Result>(
  f: (...args: Args) => Result,
  axes?: { readonly [At in keyof Args]: MapAxes },
  options: { readonly outAxis?: number } = {},
): (...args: { [At in keyof Args]: OpenTensors<Args[At]> }) => MapResult<Result> {
  checkFunction('vmap', f, 'vmap((x) => x.sum())');
  const { outAxis = 0 } = checkOptions('vmap', options, ['outAxis']);
  return (...args) => {
    if (axes && axes.length !== args.length) {
      throw new ShapeError(
        `vmap: expected one axis for each of ${args.length} arguments, got ${axes.length}. ` +
          `Write null for an argument that all entries share.`,
      );
    }
    const batch = new Batch();
    const given = args.map((arg, at) => batch.argument(arg, axes?.[at] ?? (axes ? null : 0), `argument ${at}`));
    const length = batch.checkedLength();
    const checks: Tensor[] = [];
    let outside: Trace | undefined;
    const returned = nestedTracing(
      (enclosing) => {
        outside = enclosing;
        return {
          check: (result) => checks.push(result),
          assign(variable, value) {
            if (batch.dependsOnEntry(value)) {
              throw new DTypeError(
                `vmap: ${variable.name} cannot be assigned a value that differs between the ${length} entries. ` +
                  `Return the value, and assign it outside.`,
              );
            }
            enclosing.assign(variable, value);
          },
        };
      },
      () => {
        const result = f(...(given as unknown as Args));
        checkReturned(result, 'A function of vmap');
        return mapTensors(result, (x) => x.current());
      },
    );
    const results: Tensor[] = [];
    mapTensors(returned, (x) => (results.push(x), x));
    const values = batch.replay([...checks, ...results]);
    for (const check of checks) if (values.get(check) === check) outside!.check(check);
    return mapTensors(returned, (x) => {
      const value = batch.everyEntry(x, values.get(x)!);
      if (outAxis === 0) return value;
      const to = normalizeAxis(outAxis, value.rank, 'vmap: outAxis');
      return value.permute([...value.shape.keys()].slice(1).toSpliced(to, 0, 0));
    }) as MapResult<Result>;
  };
}

/** The entries of the arguments of one call, and the tensors that stand for one of them while f runs. */
class Batch {
  /** The tensors with all entries along a first axis, for each tensor that stands for one entry. */
  readonly #entries: Map<Tensor, Tensor>;
  #length: { readonly value: number; readonly argument: string } | undefined;

  /** @param entries  what is known already, with the number of entries */
  constructor(entries?: { readonly length: number; readonly of: ReadonlyMap<Tensor, Tensor> }) {
    this.#entries = new Map(entries?.of);
    this.#length = entries && { value: entries.length, argument: 'a loop' };
  }

  /** What f gets for an argument. */
  argument(arg: unknown, axes: MapAxes, name: string): unknown {
    if (axes === null) return arg;
    if (!(arg instanceof Tensor) && typeof arg === 'object' && arg !== null && !('@nn/tensor' in arg)) {
      const part = (key: string | number): MapAxes =>
        typeof axes === 'number' ? axes : ((axes as Readonly<Record<string, MapAxes>>)[key] ?? null);
      if (Array.isArray(arg)) return arg.map((one, at) => this.argument(one, part(at), `${name}[${at}]`));
      return Object.fromEntries(
        Object.entries(arg).map(([key, one]) => [key, this.argument(one, part(key), `${name}.${key}`)]),
      );
    }
    const x = checkTensor(arg as Tensor, `vmap: ${name}`).current();
    if (typeof axes !== 'number') {
      throw new DTypeError(`vmap: ${name} is a tensor, but its axes are an array or record. Write one axis, or null.`);
    }
    if (x.rank === 0) {
      throw new ShapeError(`vmap: ${name} is a scalar and has no axis of entries. Write null for its axis.`);
    }
    const axis = normalizeAxis(axes, x.rank, `vmap: ${name}`);
    const length = x.shape[axis]!;
    this.#length ??= { value: length, argument: name };
    if (length !== this.#length.value) {
      throw new ShapeError(
        `vmap: ${name}, shape ${showShape(x.shape)}, has ${length} entries along axis ${axis}, but ` +
          `${this.#length.argument} has ${this.#length.value}. Write null for the axis of what all entries share.`,
      );
    }
    const entry = new Tensor(x.shape.toSpliced(axis, 1), x.dtype, undefined);
    const order = [axis, ...[...x.shape.keys()].toSpliced(axis, 1)];
    this.#entries.set(entry, axis === 0 ? x : (x.permute(order) as Tensor));
    return entry;
  }

  /** @throws DTypeError when no argument has entries */
  checkedLength(): number {
    if (this.#length) return this.#length.value;
    throw new DTypeError('vmap: no argument has entries: every axis is null. Give the axis of at least one.');
  }

  dependsOnEntry(x: Tensor): boolean {
    for (const one of topologicalOrder([x], behind)) if (this.#entries.has(one)) return true;
    return false;
  }

  /** A tensor with all entries along a first axis, also where they are equal. */
  everyEntry(x: Tensor, value: Tensor): Tensor {
    return value === x ? x.expand([this.checkedLength(), ...x.shape]) : value;
  }

  /**
   * For each tensor that these depend on, and these: one tensor with all entries along a first axis, or itself where it does
   * not depend on the entry.
   */
  replay(ends: readonly Tensor[]): ReadonlyMap<Tensor, Tensor> {
    const length = this.checkedLength();
    const values = new Map(this.#entries);
    // The first end comes first, so that a check comes before what it guards.
    for (const x of topologicalOrder(ends.toReversed(), (one) => (values.has(one) ? [] : behind(one)))) {
      if (values.has(x)) continue;
      const inputs = behind(x).map((one) => new Value(one, values.get(one)!, length));
      values.set(x, inputs.some(({ mapped }) => mapped) ? replayed(x, inputs, length) : x);
    }
    return values;
  }
}

/** The inputs of a result without numbers. Numbers that are known while f runs do not depend on the entry. */
const behind = (x: Tensor): readonly Tensor[] => (x.symbolic ? (x.origin?.inputs ?? []) : []);

/** An input of an operation. */
class Value {
  readonly one: Tensor;
  readonly value: Tensor;
  readonly #length: number;

  /** @param value  all entries of `one` along a first axis, or `one` itself */
  constructor(one: Tensor, value: Tensor, length: number) {
    this.one = one;
    this.value = value;
    this.#length = length;
  }

  get mapped(): boolean {
    return this.one !== this.value;
  }

  /** All entries along a first axis, also where they are equal. */
  get all(): Tensor {
    return this.mapped ? this.value : this.one.expand([this.#length, ...this.one.shape]);
  }

  /** The entries, so that they are broadcast as tensors of this rank are. */
  ofRank(rank: number): Tensor {
    const { shape } = this.one;
    if (!this.mapped || shape.length === rank) return this.value;
    const ones = Array.from({ length: rank - shape.length }, () => 1);
    return this.value.reshape([this.#length, ...ones, ...shape]);
  }
}

/** The result of an operation for all entries. At least one input differs between them. */
function replayed(x: Tensor, inputs: readonly Value[], length: number): Tensor {
  const { operation, settings } = x.origin!;
  // The table pairs each kind with its own rule; the type checker loses the pairing at a union.
  return (rules[operation.kind] as Rule<Operation>)(operation, inputs, settings as never, length, x);
}

/**
 * Applies an operation to all entries at once.
 *
 * @param x  the result for one entry
 * @returns  the results for all entries, along a first axis
 */
type Rule<O extends Operation> = (
  operation: O,
  inputs: readonly Value[],
  settings: SettingsOf<O>,
  length: number,
  x: Tensor,
) => Tensor;

const next = (axes: readonly number[]): readonly number[] => axes.map((axis) => axis + 1);

const rules: { readonly [K in Kind]: Rule<Extract<Operation, { readonly kind: K }>> } = {
  elementwise(operation, inputs, settings, _, { rank }) {
    return apply(
      operation,
      inputs.map((input) => input.ofRank(rank)),
      settings,
    );
  },

  reduce(operation, [input], { axes, keepdims }) {
    return apply(operation, [input!.value], { axes: next(axes), keepdims });
  },

  search(operation, [input], { axis, keepdims }) {
    return apply(operation, [input!.value], { axis: axis + 1, keepdims });
  },

  view(operation, [input], settings, length) {
    const { one, value } = input!;
    const [batched, shape] = operation.batched(settings, length, one.shape);
    return apply(operation, [shape === one.shape ? value : value.reshape([length, ...shape])], batched as never);
  },

  pad(operation, [input], { shape, starts, steps, value }, length) {
    const settings = { shape: [length, ...shape], starts: [0, ...starts], steps: [1, ...steps], value };
    return apply(operation, [input!.value], settings);
  },

  overlap(operation, [input], settings, length) {
    return apply(operation, [input!.value], {
      ...settings,
      axes: next(settings.axes),
      shape: [length, ...settings.shape],
    });
  },

  convolution(operation, [x, w], settings, length) {
    const merged = (all: Tensor): Tensor =>
      all.reshape([all.shape[0]! * all.shape[1]!, ...all.shape.slice(2)]) as Tensor;
    const exchanged = (all: Tensor): Tensor => all.permute([1, 0, ...[...all.shape.keys()].slice(2)]) as Tensor;
    const parted = (all: Tensor, at: number): Tensor =>
      all.reshape(all.shape.toSpliced(at, 1, length, all.shape[at]! / length)) as Tensor;
    // The entries are further samples of the same filters, or groups with filters of their own.
    if (!w!.mapped) return parted(apply(operation, [merged(x!.value), w!.value], settings), 0);
    const samples = exchanged(x!.all);
    const [count, , groups, ...rest] = samples.shape as [number, number, number, ...number[]];
    const y = apply(
      operation,
      [samples.reshape([count, length * groups, ...rest]) as Tensor, merged(w!.all)],
      settings,
    );
    return exchanged(parted(y, 1));
  },

  concat(operation, inputs, { axis }) {
    return apply(
      operation,
      inputs.map(({ all }) => all),
      { axis: axis + 1 },
    );
  },

  matmul(operation, inputs) {
    const rank = Math.max(...inputs.map(({ one }) => one.rank));
    return apply(
      operation,
      inputs.map((input) => input.ofRank(rank)),
      undefined,
    );
  },

  gather(operation, inputs, { axis }) {
    return apply(
      operation,
      inputs.map(({ all }) => all),
      { axis: axis + 1 },
    );
  },

  scatter(operation, inputs, { axis }) {
    return apply(
      operation,
      inputs.map(({ all }) => all),
      { axis: axis + 1 },
    );
  },

  // Each entry has a counter of its own, and an operation draws from one.
  random(operation, [counter], settings, length) {
    if (length === 0) {
      throw new ShapeError(
        `vmap: ${operation.name} needs a counter, and there are no entries. Check for 0 entries first.`,
      );
    }
    const draws = Array.from({ length }, (_, at) =>
      apply(operation, [counter!.value.slice(at)], settings).expandDims(0),
    );
    return concat(draws, 0) as Tensor;
  },

  identity(operation, [first, ...others], { derivative }) {
    const axes = others.map(({ mapped }) => (mapped ? 0 : null));
    const ofEntry = (g: Tensor, output: Tensor, ...inputs: Tensor[]): unknown => derivative(g, inputs, output);
    return apply(operation, [first!.all, ...others.map(({ value }) => value)], {
      derivative: (g, inputs, output) =>
        vmap(ofEntry, [0, 0, ...axes])(g, output, ...inputs) as readonly (Tensor | undefined)[],
    });
  },

  check(operation, inputs, { caller, refuse }) {
    const count = sizeOf(inputs[0]!.one.shape);
    return apply(
      operation,
      inputs.map(({ all }) => all),
      {
        caller,
        refuse(at, values) {
          const entry = Math.floor(at / count);
          return refuse(
            at % count,
            values.map((value) => entryOf(value, entry)),
          );
        },
      },
    );
  },

  matrix(operation, inputs, settings) {
    return apply(
      operation,
      inputs.map(({ all }) => all),
      settings,
    );
  },

  loop(operation, inputs, { body, length: steps, reverse }, length) {
    const [first, second] = [body.carry.length, body.carry.length + body.slices.length];
    const given = inputs.map((input, at) => {
      if (at >= second) return input.value;
      return at < first ? input.all : swapped(input.all);
    });
    return apply(operation, given, { body: loopOfEntries(body, inputs, length), length: steps, reverse });
  },

  result(operation, [loop], { at, shape, dtype }, length) {
    const { body } = loop!.one.origin!.settings as LoopSettings;
    const isStacked = at >= body.carry.length;
    const own = isStacked ? [shape[0]!, length, ...shape.slice(1)] : [length, ...shape];
    const read = apply(operation, [loop!.value], { at, shape: own, dtype });
    return isStacked ? swapped(read) : read;
  },
};

/** The values carried on and the entries of each step get the new axis, and what is shared where it differs. */
function loopOfEntries(body: LoopBody, inputs: readonly Value[], length: number): LoopBody {
  const shared = body.carry.length + body.slices.length;
  const entries = new Map<Tensor, Tensor>();
  body.inputs.forEach((x, at) => {
    const differs = at < shared || inputs[at]!.mapped;
    if (differs) entries.set(x, placeholder({ shape: [length, ...x.shape], dtype: x.dtype }));
  });
  const own = (x: Tensor): Tensor => entries.get(x) ?? x;
  const batch = new Batch({ length, of: entries });
  return nestedTracing(
    () => ({ check: () => undefined }),
    () => {
      const values = batch.replay([...body.checks, ...body.next, ...body.stacked]);
      const everyEntry = (x: Tensor): Tensor => batch.everyEntry(x, values.get(x)!);
      const tensors = {
        carry: body.carry.map(own),
        slices: body.slices.map(own),
        next: body.next.map(everyEntry),
        stacked: body.stacked.map(everyEntry),
        checks: body.checks.map((x) => values.get(x)!),
      };
      return new LoopBody(tensors, body.shared.map(own));
    },
  );
}

/** Exchanges the first two axes: entries and steps. */
function swapped(x: Tensor): Tensor {
  return x.permute([1, 0, ...[...x.shape.keys()].slice(2)]) as Tensor;
}

function entryOf({ array, dtype, shape, strides, offset }: Numbers, entry: number): Numbers {
  return { array, dtype, shape: shape.slice(1), strides: strides.slice(1), offset: offset + entry * strides[0]! };
}
