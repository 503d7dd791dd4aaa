import { type Backend, type Executable, type Program, showProgram } from './program.ts';
import { rowMajor } from './strided.ts';
import type { TypedArray } from './dtype.ts';
import { sameShape } from './shape.ts';
import { type Home, isTracing, owned, Tensor } from './tensor.ts';
import { isRecord, trace, type Traced } from './trace.ts';

/** A function that runs as one program. */
export interface Compiled<Args extends readonly Tensor[], Result> {
  (...args: Args): Result;
  /** The program that runs for arguments like these; `toString()` shows it step by step. */
  program(...args: Args): Program;
  /** How the backend carries out the program for arguments like these, for reading. */
  listing(...args: Args): string;
}

/** How many programs, one per combination of argument shapes and dtypes, a compiled function keeps. */
const keptPrograms = 16;

/**
 * Compiles a function on tensors: run once to see what it does, then carried out as one program.
 *
 * The function may read and assign variables, take gradients, and call other such functions; it gives the same results
 * as without `compile`. JavaScript numbers that it uses are baked in: what shall change from call to call must be an
 * argument or a `Variable`. Each new combination of argument shapes and dtypes is compiled anew.
 *
 * @param step     a function of tensors that returns a tensor, or tensors in an array or record, or nothing
 * @param backend  what carries out the program, as `wasm` from '@nn/tensor/wasm'
 * @throws what the function throws while it is traced; variables then keep their values
 */
export function compile<Args extends readonly Tensor[], Result>(
  step: (...args: Args) => Result,
  backend: Backend,
): Compiled<Args, Result> {
  const programs: Bound<Result>[] = [];

  const boundTo = (args: Args): Bound<Result> => {
    const known = programs.findIndex((program) => program.fits(args));
    if (known === 0) return programs[0]!;
    const program =
      known > 0
        ? programs.splice(known, 1)[0]!
        : new Bound(
            trace((...inputs: Tensor[]) => step(...(inputs as unknown as Args)), args),
            args,
            backend,
          );
    // The latest comes first, the one unused for longest goes.
    programs.unshift(program);
    if (programs.length > keptPrograms) programs.pop();
    return program;
  };

  const compiled = (...args: Args): Result => {
    for (const arg of args) owned(arg, 'A compiled function');
    // Inside another traced function the plain function is traced along.
    if (isTracing()) return step(...args);
    return boundTo(args).run(args);
  };
  return Object.assign(compiled, {
    program: (...args: Args): Program => boundTo(args).program,
    listing: (...args: Args): string => boundTo(args).executable.listing,
  });
}

/** A program bound to the variables that it reads and assigns. */
class Bound<Result> implements Home {
  version = 0;
  readonly program: Program;
  readonly executable: Executable;
  readonly #traced: Traced<Result>;
  readonly #signature: readonly Tensor[];
  /** What was handed in last, argument by argument, then variable by variable. */
  readonly #handed: (Tensor | undefined)[] = [];
  /** The variables that are assigned: their inputs hold something new after each run. */
  readonly #carried: readonly number[];

  constructor(traced: Traced<Result>, args: readonly Tensor[], backend: Backend) {
    this.#traced = traced;
    this.#signature = args.map(({ shape, dtype }) => new Tensor(shape, dtype, undefined));
    this.program = Object.assign(traced.program, { toString: () => showProgram(traced.program) });
    this.executable = backend(traced.program);
    this.#carried = traced.program.carried.map(([input]) => input);
  }

  fits(args: readonly Tensor[]): boolean {
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
    const { reads, writes, results } = this.#traced;
    for (let at = 0; at < args.length; at++) this.#handIn(at, args[at]!);
    for (let at = 0; at < reads.length; at++) {
      if (!reads[at]!.dwellsIn(this)) this.#handIn(args.length + at, reads[at]!);
    }
    this.executable.run();
    this.version++;
    for (const input of this.#carried) this.#handed[input] = undefined;
    for (let at = 0; at < writes.length; at++) writes[at]!.dwell(this, results.length + at);
    return this.#rebuild(this.#traced.result) as Result;
  }

  read(output: number): TypedArray {
    return this.executable.read(output);
  }

  /** Tensors never change: the one that was handed in last need not be copied again. */
  #handIn(input: number, x: Tensor): void {
    const value = x.current();
    if (this.#handed[input] === value) return;
    this.executable.write(input, value.data);
    this.#handed[input] = value;
  }

  /** The result with numbers in place of the tensors that had none. */
  #rebuild(result: unknown): unknown {
    let output = 0;
    const rebuilt = (part: unknown): unknown => {
      if (part instanceof Tensor) {
        const numbers = { array: this.executable.read(output++), strides: rowMajor(part.shape), offset: 0 };
        return new Tensor(part.shape, part.dtype, numbers);
      }
      if (Array.isArray(part)) return part.map(rebuilt);
      if (isRecord(part)) {
        return Object.fromEntries(Object.entries(part).map(([name, value]) => [name, rebuilt(value)]));
      }
      return part;
    };
    return rebuilt(result);
  }
}
