import { allocate, type TypedArray } from './dtype.ts';
import { type Backend, type Executable, type Program, showProgram } from './program.ts';
import { sameShape, type Shape, sizeOf } from './shape.ts';
import { rowMajor } from './strided.ts';
import { type Home, Tensor } from './tensor.ts';
import { isRecord, type Signature, type Traced } from './trace.ts';

/** A program bound to the variables that it reads and assigns. */
export class Bound<Result> implements Home {
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
    const kept = this.#kept(1);
    this.#handIn(args);
    try {
      this.executable.run();
    } finally {
      this.#settle();
    }
    return this.#last(kept);
  }

  /** Runs `count` times on the same arguments; gives the last result. */
  repeat(count: number, args: readonly Tensor[]): Result {
    const kept = this.#kept(1);
    this.#handIn(args);
    this.#runMany(count, [], []);
    return this.#last(kept);
  }

  /** Runs once per entry along the first axis of the arguments; gives all results along a new first axis. */
  each(count: number, args: readonly Tensor[]): unknown {
    const kept = this.#kept(count);
    const entries = args.map(({ data }) => data);
    this.#handIn([]);
    this.#handed.fill(undefined, 0, args.length);
    this.#runMany(count, entries, kept);
    return this.#rebuilt(kept, ({ shape }) => [count, ...shape]);
  }

  read(output: number): TypedArray {
    const { shape, dtype } = this.program.nodes[this.program.outputs[output]!]!;
    const numbers = allocate(dtype, sizeOf(shape));
    this.executable.read(output, numbers);
    return numbers;
  }

  /** Room for the results of so many runs: where there is none, this shows before anything runs. */
  #kept(runs: number): readonly TypedArray[] {
    return this.#traced.results.map(({ shape, dtype }) => allocate(dtype, sizeOf(shape) * runs));
  }

  #last(kept: readonly TypedArray[]): Result {
    for (let at = 0; at < kept.length; at++) this.executable.read(at, kept[at]!);
    return this.#rebuilt(kept, ({ shape }) => shape) as Result;
  }

  #runMany(count: number, entries: readonly TypedArray[], kept: readonly TypedArray[]): void {
    const { executable } = this;
    try {
      if (executable.runMany?.(count, entries, kept)) return;
      for (let at = 0; at < count; at++) {
        const part = (data: TypedArray): TypedArray =>
          data.subarray((data.length / count) * at, (data.length / count) * (at + 1));
        entries.forEach((data, input) => executable.write(input, part(data)));
        executable.run();
        kept.forEach((data, output) => executable.read(output, part(data)));
      }
    } finally {
      this.#settle();
    }
  }

  /** Hands in arguments, and variables whose values lie elsewhere. */
  #handIn(args: readonly Tensor[]): void {
    const { reads } = this.#traced;
    for (let at = 0; at < args.length; at++) this.#hand(at, args[at]!);
    for (let at = 0; at < reads.length; at++) {
      if (!reads[at]!.dwellsIn(this)) this.#hand(this.#signature.length + at, reads[at]!);
    }
  }

  /** Tensors never change: the one that was handed in last need not be copied again. */
  #hand(input: number, x: Tensor): void {
    const value = x.current();
    if (this.#handed[input] === value) return;
    this.executable.write(input, value.data);
    this.#handed[input] = value;
  }

  /** From now on variables are what the last whole run made of them, whether another broke off after it or not. */
  #settle(): void {
    const { writes, results } = this.#traced;
    for (const input of this.#carried) this.#handed[input] = undefined;
    for (let at = 0; at < writes.length; at++) writes[at]!.dwell(this, results.length + at);
  }

  /** The result with numbers in place of the tensors that had none. */
  #rebuilt(kept: readonly TypedArray[], shapeOf: (part: Tensor) => Shape): unknown {
    let output = 0;
    const rebuilt = (part: unknown): unknown => {
      if (part instanceof Tensor) {
        const shape = shapeOf(part);
        return new Tensor(shape, part.dtype, { array: kept[output++]!, strides: rowMajor(shape), offset: 0 });
      }
      if (Array.isArray(part)) return part.map(rebuilt);
      if (isRecord(part)) {
        return Object.fromEntries(Object.entries(part).map(([name, value]) => [name, rebuilt(value)]));
      }
      return part;
    };
    return rebuilt(this.#traced.result);
  }
}
