import { checkFunction, checkNumber, describe, DTypeError } from '../errors.ts';
import { checkOptions } from '../options.ts';
import { isTracing, checkTensor, type Tensor } from '../tensor.ts';
import { bind, type BoundProgram } from './bound-program.ts';
import { type Backend, type Program, showProgram } from './program.ts';
import { type Signature, trace } from './trace.ts';

/** What a compiled function may return. Other values would stay what they were when the function was traced. */
export type Returned = Tensor | undefined | void | readonly Returned[] | { readonly [name: string]: Returned };

/** The same for interfaces, which have no index signature: each property must be what may be returned. */
export type EachReturned<Result> = Result extends Tensor | undefined | void
  ? Result
  : Result extends ((...args: never) => unknown) | string | number | boolean | bigint | symbol | null
    ? 'A compiled function returns tensors only: write tensor(value), or compute other values outside.'
    : { readonly [Part in keyof Result]: EachReturned<Result[Part]> };

/** A function that runs as one program. */
export interface Compiled<Args extends readonly Tensor[], Result> {
  (...args: Args): Result;
  /**
   * The program that runs for arguments of these shapes and dtypes; `toString()` shows it, one operation a line.
   *
   * @example
   * const double = compile((x: Tensor) => x.mul(2), wasm);
   * double.program(tensor([1, 2])).toString().split('\n')[0]   // %0 = input float32[2]
   */
  program(...args: Args): Program;
  /** The program for such arguments, bound to its variables. `runSteps`, `runBatches` and `disassemble` use it. */
  programFor(args: readonly Signature[]): BoundProgram;
}

/** The options of `compile`. */
export interface CompileOptions {
  /**
   * The most programs that are kept, one for each combination of argument shapes and dtypes; 16 unless given. The program
   * that was not used for longest is dropped, and compiled again when it is needed.
   */
  readonly programs?: number;
}

/**
 * Compiles a function of tensors: it is traced once, and runs as one program from then on.
 *
 * The function may read and assign variables, take gradients, and call other compiled functions; the results are the same
 * as without `compile`. JavaScript numbers that it uses become constants: what changes from call to call must be an
 * argument or a `Variable`. Each new combination of argument shapes and dtypes is traced and compiled again. A `Variable`
 * may be an argument: the program reads and assigns that variable, and each other variable has a program of its own.
 *
 * `runSteps(compiled, 1000, x, y)` and `runBatches(compiled, xs, ys)` run many steps in one call;
 * `compiled.program(x, y)` and `disassemble(compiled, x, y)` show what runs.
 *
 * @param step     a function of tensors that returns a tensor, or tensors in arrays and records, or nothing
 * @param backend  what runs the program, as `wasm` from '@nn/tensor/wasm'
 * @throws RangeError when fewer than one program is to be kept
 * @throws DTypeError when step is no function, or backend no backend; when called, when the function returns anything but
 * tensors. When called it throws what the function throws, too, and variables keep their values then.
 * @example String(compile((x: Tensor) => x.mul(2).add(1), wasm)(tensor([1, 2])))   // [3. 5.]
 */
export function compile<Args extends readonly Tensor[], Result extends Returned>(
  step: (...args: Args) => Result,
  backend: Backend,
  options?: CompileOptions,
): Compiled<Args, Result>;
export function compile<Args extends readonly Tensor[], Result extends object>(
  step: (...args: Args) => Result & EachReturned<Result>,
  backend: Backend,
  options?: CompileOptions,
): Compiled<Args, Result>;
export function compile<Args extends readonly Tensor[], Result>(
  step: (...args: Args) => Result,
  backend: Backend,
  options: CompileOptions = {},
): Compiled<Args, Result> {
  checkFunction('compile', step, 'compile((x) => x.mul(2), wasm)');
  if (typeof backend !== 'function') {
    throw new DTypeError(
      `compile: expected a backend as second argument, got ${describe(backend)}. ` +
        `Write compile(step, wasm), with wasm from '@nn/tensor/wasm'.`,
    );
  }
  const { programs: most = 16 } = checkOptions('compile', options, ['programs']);
  checkNumber(
    'compile',
    'programs',
    most,
    Number.isInteger(most) && most > 0,
    'a positive integer',
    'Leave it out for 16.',
  );
  const programs: BoundProgram[] = [];

  const programFor = (args: readonly Signature[]): BoundProgram => {
    const known = programs.findIndex((program) => program.fits(args));
    if (known === 0) return programs[0]!;
    const program =
      known > 0
        ? programs.splice(known, 1)[0]!
        : bind(
            trace((...inputs: Tensor[]) => step(...(inputs as unknown as Args)), args),
            backend,
          );
    // The latest comes first.
    programs.unshift(program);
    if (programs.length > most) programs.pop();
    return program;
  };

  const compiled = (...args: Args): Result => {
    for (const arg of args) checkTensor(arg, 'A compiled function');
    // Inside another traced function, the plain function becomes part of that trace.
    if (isTracing()) return step(...args);
    return programFor(args).run(args) as Result;
  };
  return Object.assign(compiled, {
    program(...args: Args): Program {
      const { program } = programFor(args.map((arg) => checkTensor(arg, 'program')));
      return Object.assign({ ...program }, { toString: () => showProgram(program) });
    },
    programFor,
  });
}

/**
 * The program of a compiled function for arguments of these shapes and dtypes.
 *
 * @param caller  the function that needs it
 * @throws DTypeError when the function is not compiled
 */
export function programFor<Args extends readonly Tensor[], Result>(
  step: Compiled<Args, Result>,
  args: readonly Signature[],
  caller: string,
): BoundProgram {
  const given = step as Partial<typeof step> | undefined;
  if (typeof given?.programFor === 'function') return step.programFor(args);
  throw new DTypeError(`${caller}: expected a compiled function, got ${typeof step}. Write compile(step, wasm) first.`);
}

/**
 * The loops that run for a compiled function and arguments of these shapes and dtypes, as text. With `wasm` from
 * '@nn/tensor/wasm' it has one line for each loop, with its operations and the addresses of its buffers.
 *
 * ```text
 * 0: over [2]: @16432 = mul(@16416[1], 2)
 * ```
 *
 * @throws DTypeError when the function is not compiled
 */
export function disassemble<Args extends readonly Tensor[]>(
  step: Compiled<Args, unknown>,
  ...args: NoInfer<Args>
): string {
  const { disassembly } = programFor(step, args, 'disassemble').executable;
  return (
    disassembly ??
    "This backend has no listing. Compile with wasm from '@nn/tensor/wasm' to see the loops of the program."
  );
}
