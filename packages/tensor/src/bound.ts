import { allocate, type DType, type TypedArray } from './dtype.ts';
import { type Backend, type Executable, type Program, showProgram } from './program.ts';
import { checkShape, sameShape, type Shape, sizeOf } from './shape.ts';
import { rowMajor } from './strided.ts';
import { type Home, Tensor } from './tensor.ts';
import { isRecord, type Signature, type Traced } from './trace.ts';

/** A program bound to the variables that it reads and assigns. */
export class Bound<Result> implements Home {
  version = 0;
  readonly program: Program;
  readonly executable: Executable;
  readonly #traced: Traced<Result>;
  readonly #signature: readonly Signature[];
  /** What was handed in last, argument by argument, then variable by variable. */
  readonly #handed: (Tensor | undefined)[] = [];
  /** The variables that are assigned: their inputs hold something new after each run. */
  readonly #carried: readonly number[];

  constructor(traced: Traced<Result>, args: readonly Signature[], backend: Backend) {
    this.#traced = traced;
    this.#signature = args.map(({ shape, dtype }) => ({ shape, dtype }));
    this.program = Object.assign(traced.program, { toString: () => showProgram(traced.program) });
    this.executable = backend(traced.program);
    this.#carried = traced.program.carried.map(([input]) => input);
  }

  fits(args: readonly Signature[]): boolean {
    const signature = this.#signature;
    if (args.length !== signature.length) return false;
    for (let at = 0; at < args.length; at++) {
      const arg = args[at]!;
      const like = signature[at]!;
      if (arg.dtype !== like.dtype || !sameShape(arg.shape, like.shape)) return false;
    }
    return true;
  }

  run(args: readonly Tensor[]): Result {
    this.#handInAll(args);
    try {
      this.executable.run();
    } finally {
      this.#settle();
    }
    return this.#last();
  }

  /** Runs `count` times on the same arguments; gives the last result. */
  repeat(count: number, args: readonly Tensor[]): Result {
    this.#handInAll(args);
    this.#runMany(count, [], []);
    return this.#last();
  }

  /** Runs once per entry along the first axis of the arguments; gives all results along a new first axis. */
  each(count: number, args: readonly Tensor[]): unknown {
    const { results, result } = this.#traced;
    const kept = results.map(({ shape, dtype }) => allocate(dtype, sizeOf(checkShape([count, ...shape], 'each'))));
    this.#handInAll([], args.length);
    args.forEach((_, input) => (this.#handed[input] = undefined));
    this.#runMany(
      count,
      args.map(({ data }) => data),
      kept,
    );
    return rebuilt(result, (output, { shape, dtype }) => filled([count, ...shape], dtype, kept[output]!));
  }

  read(output: number): TypedArray {
    return this.executable.read(output);
  }

  #last(): Result {
    return rebuilt(this.#traced.result, (output, { shape, dtype }) =>
      filled(shape, dtype, this.executable.read(output)),
    ) as Result;
  }

  #runMany(count: number, entries: readonly TypedArray[], kept: readonly TypedArray[]): void {
    const { executable } = this;
    const part = (data: TypedArray, at: number): TypedArray => {
      const size = data.length / count;
      return data.subarray(at * size, (at + 1) * size);
    };
    try {
      if (executable.runMany?.(count, entries, kept)) return;
      for (let at = 0; at < count; at++) {
        entries.forEach((data, input) => executable.write(input, part(data, at)));
        executable.run();
        kept.forEach((data, output) => part(data, at).set(executable.read(output)));
      }
    } finally {
      this.#settle();
    }
  }

  /** Hands in arguments from the first on, and variables whose values lie elsewhere; these come after all arguments. */
  #handInAll(args: readonly Tensor[], before = args.length): void {
    const { reads } = this.#traced;
    for (let at = 0; at < args.length; at++) this.#handIn(at, args[at]!);
    for (let at = 0; at < reads.length; at++) {
      if (!reads[at]!.dwellsIn(this)) this.#handIn(before + at, reads[at]!);
    }
  }

  /** Tensors never change: the one that was handed in last need not be copied again. */
  #handIn(input: number, x: Tensor): void {
    const value = x.current();
    if (this.#handed[input] === value) return;
    this.executable.write(input, value.data);
    this.#handed[input] = value;
  }

  /** From now on variables are what the last whole run made of them, whether another broke off after it or not. */
  #settle(): void {
    const { writes, results } = this.#traced;
    this.version++;
    for (const input of this.#carried) this.#handed[input] = undefined;
    for (let at = 0; at < writes.length; at++) writes[at]!.dwell(this, results.length + at);
  }
}

const filled = (shape: Shape, dtype: DType, array: TypedArray): Tensor =>
  new Tensor(shape, dtype, { array, strides: rowMajor(shape), offset: 0 });

/** A result with other tensors in place of its own, which are counted. */
function rebuilt(result: unknown, tensorOf: (output: number, like: Tensor) => Tensor): unknown {
  let output = 0;
  const rebuild = (part: unknown): unknown => {
    if (part instanceof Tensor) return tensorOf(output++, part);
    if (Array.isArray(part)) return part.map(rebuild);
    if (isRecord(part)) {
      return Object.fromEntries(Object.entries(part).map(([name, value]) => [name, rebuild(value)]));
    }
    return part;
  };
  return rebuild(result);
}
