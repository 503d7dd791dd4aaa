import { checkNumber, DTypeError, ShapeError } from '../errors.ts';
import { type Shape, showShape } from '../shape.ts';
import { copyNumbers } from '../strided.ts';
import { isTracing, checkTensor, type Tensor, Variable } from '../tensor.ts';
import { readResults } from './bound-program.ts';
import { programFor, type Compiled } from './compile.ts';

/**
 * @param caller  the function that runs many steps
 * @throws DTypeError inside another compiled function, and for anything but tensors
 */
function checkManySteps(args: readonly Tensor[], caller: string): void {
  for (const arg of args) checkTensor(arg, caller);
  if (!isTracing()) return;
  throw new DTypeError(
    `${caller}: a compiled function cannot run many steps of another. Write a loop around the function there.`,
  );
}

/**
 * Runs a compiled function `steps` times on the same arguments, in one call: the same numbers as a loop around it,
 * without the cost of its calls. Returns the result of the last step.
 *
 * When a step throws, as for an index out of bounds, variables keep the values of the step before, as in a loop.
 *
 * @param step   a function that `compile` made
 * @param steps  how many times, a positive integer
 * @throws RangeError, TypeError when steps is no positive integer, before anything runs
 * @throws DTypeError when the function is not compiled, before anything runs
 * @example
 * const total = variable(tensor(0));
 * const add = compile((x: Tensor) => (total.assign(total.add(x)), total), wasm);
 * runSteps(add, 1000, tensor(2)).item()   // 2000
 */
export function runSteps<Args extends readonly Tensor[], Result>(
  step: Compiled<Args, Result>,
  steps: number,
  ...args: NoInfer<Args>
): Result {
  checkManySteps(args, 'runSteps');
  const fits = Number.isInteger(steps) && steps >= 1;
  const hint = 'Write runSteps(step, 1000, x, y).';
  checkNumber('runSteps', 'the number of steps', steps, fits, 'a positive integer', hint);
  return programFor(step, args, 'runSteps').run(args, (executable, kept) => {
    // One call of the program runs it 2³⁰ times at most.
    for (let left = steps; left > 0; left -= 2 ** 30) executable.run(Math.min(left, 2 ** 30));
    readResults(executable, kept);
  }) as Result;
}

/** The shape of many tensors of one shape along a new first axis. */
export type Many<S extends Shape> = number[] extends S ? Shape : [number, ...S];

/** The arguments of many steps: each has one entry per step along a first axis. A variable has no entries. */
export type Entries<Args extends readonly Tensor[]> = {
  readonly [At in keyof Args]: Args[At] extends Variable
    ? never
    : Args[At] extends Tensor<infer S>
      ? Tensor<Many<S>>
      : never;
};

/** The results of many steps: each tensor in them has one entry per step along a first axis. */
export type Collected<Result> =
  Result extends Tensor<infer S>
    ? Tensor<Many<S>>
    : Result extends object
      ? { readonly [Part in keyof Result]: Collected<Result[Part]> }
      : Result;

/**
 * Runs a compiled function once for each entry along the first axis of the arguments, in one call, as for an epoch of
 * batches `[steps, batch, …]`: the same numbers as a loop around it. Returns all results, along a new first axis.
 *
 * When a step throws, as for an index out of bounds, variables keep the values of the step before, as in a loop.
 *
 * @param step  a function that `compile` made
 * @throws ShapeError when an argument has no axes, or their first axes differ, before anything runs
 * @throws DTypeError when the function is not compiled, or an argument is a variable, before anything runs
 * @example
 * const total = variable(tensor(0));
 * const add = compile((x: Tensor) => (total.assign(total.add(x)), total), wasm);
 * String(runBatches(add, tensor([1, 2, 3])))   // [1. 3. 6.]
 */
export function runBatches<Args extends readonly Tensor[], Result>(
  step: Compiled<Args, Result>,
  ...entries: Entries<Args>
): Collected<Result> {
  const args: readonly Tensor[] = entries;
  checkManySteps(args, 'runBatches');
  const variable = args.find((arg) => arg instanceof Variable);
  if (variable) {
    throw new DTypeError(
      `runBatches: arguments are one entry per step, got the variable ${variable.name}, which a step cannot be given in ` +
        `parts. Write ${variable.name}.detach() for its present value, or use the variable inside the function.`,
    );
  }
  const steps = args[0]?.shape[0];
  if (steps === undefined || args.some(({ shape }) => shape[0] !== steps)) {
    throw new ShapeError(
      `runBatches: the first axes of the arguments, one entry per step, must be equally long, ` +
        `got ${args.map(({ shape }) => showShape(shape)).join(', ') || 'no arguments'}. ` +
        `Keep what stays the same in a Variable.`,
    );
  }
  const signatures = args.map(({ shape, dtype }) => ({ shape: shape.slice(1), dtype }));
  const numbers = args.map((arg) => arg.elements());
  return programFor(step, signatures, 'runBatches').run(
    [],
    (executable, kept) => {
      for (let at = 0; at < steps; at++) {
        for (let input = 0; input < numbers.length; input++) {
          const to = executable.input(input);
          copyNumbers(numbers[input]!, to, to.length, at * to.length);
        }
        executable.run(1);
        for (let output = 0; output < kept.length; output++) {
          const from = executable.output(output);
          copyNumbers(from, kept[output]!, from.length, 0, at * from.length);
        }
      }
    },
    steps,
  ) as Collected<Result>;
}
