import { Bound } from './bound.ts';
import { DTypeError, ShapeError } from './error.ts';
import type { Backend, Program } from './program.ts';
import { type Shape, showShape } from './shape.ts';
import { isTracing, owned, type Tensor } from './tensor.ts';
import { type Signature, trace } from './trace.ts';

/** The shape of many tensors of one shape along a new first axis. */
export type Many<S extends Shape> = number[] extends S ? Shape : [number, ...S];

/** The arguments of many steps: each has one entry per step along a first axis. */
export type Entries<Args extends readonly Tensor[]> = {
  readonly [At in keyof Args]: Args[At] extends Tensor<infer S> ? Tensor<Many<S>> : never;
};

/** The results of many steps: each tensor in them has one entry per step along a first axis. */
export type Collected<Result> =
  Result extends Tensor<infer S>
    ? Tensor<Many<S>>
    : Result extends object
      ? { readonly [Part in keyof Result]: Collected<Result[Part]> }
      : Result;

/** A function that runs as one program. */
export interface Compiled<Args extends readonly Tensor[], Result> {
  (...args: Args): Result;
  /**
   * Runs the function `steps` times on the same arguments, in one call: the same numbers as a loop around it, without
   * the cost of its calls. Gives the last result.
   *
   * An index that is refused leaves variables as the last whole step left them, as in a loop.
   *
   * @param steps  how many times, from 1 on
   * @throws ShapeError when steps is no whole number from 1 on; nothing has run then
   * @example
   * const total = variable(tensor(0));
   * const add = compile((x: Tensor) => (total.assign(total.add(x)), total), wasm);
   * add.repeat(1000, tensor(2)).item()   // 2000
   */
  repeat(steps: number, ...args: Args): Result;
  /**
   * Runs the function once for each entry along the first axis of the arguments, in one call, as for an epoch of batches
   * `[steps, batch, …]`: the same numbers as a loop around it. Every result comes back, along a new first axis.
   *
   * An index that is refused leaves variables as the last whole step left them, as in a loop.
   *
   * @throws ShapeError when an argument has no axes, or their first axes differ; nothing has run then
   * @example
   * const total = variable(tensor(0));
   * const add = compile((x: Tensor) => (total.assign(total.add(x)), total), wasm);
   * String(add.each(tensor([1, 2, 3])))   // [1. 3. 6.]
   */
  each(...entries: Entries<Args>): Collected<Result>;
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
 * `compiled.repeat(1000, x, y)` and `compiled.each(xs, ys)` run many steps in one call.
 *
 * @param step     a function of tensors that returns a tensor, or tensors in an array or record, or nothing
 * @param backend  what carries out the program, as `wasm` from '@nn/tensor/wasm'
 * @throws what the function throws while it is traced; variables then keep their values
 * @example String(compile((x: Tensor) => x.mul(2).add(1), wasm)(tensor([1, 2])))   // [3. 5.]
 */
export function compile<Args extends readonly Tensor[], Result>(
  step: (...args: Args) => Result,
  backend: Backend,
): Compiled<Args, Result> {
  const programs: Bound<Result>[] = [];

  const boundTo = (args: readonly Signature[]): Bound<Result> => {
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
    repeat(steps: number, ...args: Args): Result {
      checkManySteps(args, 'repeat');
      if (!Number.isInteger(steps) || steps < 1) {
        throw new ShapeError(
          `repeat: the number of steps must be a whole number from 1 on, got ${steps}. Write step.repeat(1000, x, y).`,
        );
      }
      return boundTo(args).repeat(steps, args);
    },
    each(...entries: Entries<Args>): Collected<Result> {
      const args: readonly Tensor[] = entries;
      checkManySteps(args, 'each');
      const steps = args[0]?.shape[0];
      if (steps === undefined || args.some(({ shape }) => shape[0] !== steps)) {
        throw new ShapeError(
          `each: the first axes of the arguments, one entry per step, must be equally long, ` +
            `got ${args.map(({ shape }) => showShape(shape)).join(', ') || 'no arguments'}. ` +
            `Keep what stays the same in a Variable.`,
        );
      }
      const signatures = args.map(({ shape, dtype }) => ({ shape: shape.slice(1), dtype }));
      return boundTo(signatures).each(steps, args) as Collected<Result>;
    },
    program: (...args: Args): Program => boundTo(args).program,
    listing: (...args: Args): string => boundTo(args).executable.listing,
  });
}

function checkManySteps(args: readonly Tensor[], asked: string): void {
  for (const arg of args) owned(arg, asked);
  if (!isTracing()) return;
  throw new DTypeError(
    `${asked}: many steps cannot be one part of another compiled function. Write a loop around the function there.`,
  );
}
