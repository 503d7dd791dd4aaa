import { bind, type Bound } from './bound.ts';
import { checkNumber } from './check-number.ts';
import { type Backend, type Program, showProgram } from './program.ts';
import { isTracing, owned, type Tensor } from './tensor.ts';
import { type Signature, trace } from './trace.ts';

/** A function that runs as one program. */
export interface Compiled<Args extends readonly Tensor[], Result> {
  (...args: Args): Result;
  /**
   * The program that runs for arguments like these; `toString()` shows it step by step.
   *
   * @example
   * const double = compile((x: Tensor) => x.mul(2), wasm);
   * double.program(tensor([1, 2])).toString().split('\n')[0]   // %0 = input float32[2]
   */
  program(...args: Args): Program;
  /** The program for arguments like these, bound to variables: what `repeatStep`, `stepThrough` and `listingOf` work on. */
  boundTo(args: readonly Signature[]): Bound;
}

/** How a function is compiled. */
export interface CompileOptions {
  /**
   * How many programs, one per combination of argument shapes and dtypes, are kept: 16 unless told otherwise. The one
   * unused for longest goes, and is compiled anew when it is needed again.
   */
  readonly programs?: number;
}

/**
 * Compiles a function on tensors: run once to see what it does, then carried out as one program.
 *
 * The function may read and assign variables, take gradients, and call other such functions; it gives the same results
 * as without `compile`. JavaScript numbers that it uses are baked in: what shall change from call to call must be an
 * argument or a `Variable`. Each new combination of argument shapes and dtypes is compiled anew.
 *
 * `repeatStep(compiled, 1000, x, y)` and `stepThrough(compiled, xs, ys)` run many steps in one call;
 * `compiled.program(x, y)` and `listingOf(compiled, x, y)` show what runs.
 *
 * @param step     a function of tensors that returns a tensor, or tensors in an array or record, or nothing
 * @param backend  what carries out the program, as `wasm` from '@nn/tensor/wasm'
 * @throws RangeError when fewer than one program shall be kept; when called, what the function throws while it is traced:
 * variables then keep their values
 * @example String(compile((x: Tensor) => x.mul(2).add(1), wasm)(tensor([1, 2])))   // [3. 5.]
 */
export function compile<Args extends readonly Tensor[], Result>(
  step: (...args: Args) => Result,
  backend: Backend,
  { programs: most = 16 }: CompileOptions = {},
): Compiled<Args, Result> {
  checkNumber('compile', 'programs', most, Number.isInteger(most) && most > 0, 'a whole number from 1 on');
  const programs: Bound[] = [];

  const boundTo = (args: readonly Signature[]): Bound => {
    const known = programs.findIndex((program) => program.fits(args));
    if (known === 0) return programs[0]!;
    const program =
      known > 0
        ? programs.splice(known, 1)[0]!
        : bind(
            trace((...inputs: Tensor[]) => step(...(inputs as unknown as Args)), args),
            backend,
          );
    // The latest comes first, the one unused for longest goes.
    programs.unshift(program);
    if (programs.length > most) programs.pop();
    return program;
  };

  const compiled = (...args: Args): Result => {
    for (const arg of args) owned(arg, 'A compiled function');
    // Inside another traced function the plain function is traced along.
    if (isTracing()) return step(...args);
    return boundTo(args).run(args) as Result;
  };
  return Object.assign(compiled, {
    program(...args: Args): Program {
      const { program } = boundTo(args.map((arg) => owned(arg, 'program')));
      return Object.assign({ ...program }, { toString: () => showProgram(program) });
    },
    boundTo,
  });
}
