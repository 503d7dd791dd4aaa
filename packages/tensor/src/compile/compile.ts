import { checkNumber, DTypeError } from '../errors.ts';
import { checkOptions } from '../options.ts';
import { isTracing, checkTensor, type Tensor } from '../tensor.ts';
import { bind, type BoundProgram } from './bound-program.ts';
import { type Backend, type Program, showProgram } from './program.ts';
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
  /** The program for arguments like these, bound to variables: what `runSteps`, `runBatches` and `disassemble` work on. */
  programFor(args: readonly Signature[]): BoundProgram;
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
 * `runSteps(compiled, 1000, x, y)` and `runBatches(compiled, xs, ys)` run many steps in one call;
 * `compiled.program(x, y)` and `disassemble(compiled, x, y)` show what runs.
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
  options: CompileOptions = {},
): Compiled<Args, Result> {
  const { programs: most = 16 } = checkOptions('compile', options, ['programs']);
  checkNumber('compile', 'programs', most, Number.isInteger(most) && most > 0, 'a whole number from 1 on');
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
    // The latest comes first, the one unused for longest goes.
    programs.unshift(program);
    if (programs.length > most) programs.pop();
    return program;
  };

  const compiled = (...args: Args): Result => {
    for (const arg of args) checkTensor(arg, 'A compiled function');
    // Inside another traced function the plain function is traced along.
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
 * The program of a compiled function for arguments like these.
 *
 * @param caller  what it is for
 * @throws DTypeError when the function is not compiled
 */
export function programFor<Args extends readonly Tensor[], Result>(
  step: Compiled<Args, Result>,
  args: readonly Signature[],
  caller: string,
): BoundProgram {
  // In JavaScript anything may come.
  const given = step as Partial<typeof step> | undefined;
  if (typeof given?.programFor === 'function') return step.programFor(args);
  throw new DTypeError(`${caller}: expected a compiled function, got ${typeof step}. Write compile(step, wasm) first.`);
}

/**
 * How the backend carries out a compiled function for arguments like these, for reading: with `wasm` from
 * '@nn/tensor/wasm' a line per loop, with the operations that it came from and the addresses that it works on.
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
    disassembly ?? "This backend lists nothing. Take wasm from '@nn/tensor/wasm' to see how the program is carried out."
  );
}
