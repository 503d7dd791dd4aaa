import { checkNumber, DTypeError, ShapeError } from '../errors.ts';
import { type Shape, showShape } from '../shape.ts';
import { copyNumbers } from '../strided.ts';
import { isTracing, checkTensor, type Tensor } from '../tensor.ts';
import { readResults } from './bound-program.ts';
import { programFor, type Compiled } from './compile.ts';

/**
 * @param caller  what takes many steps
 * @throws DTypeError inside another compiled function, and for anything but tensors
 */
function checkManySteps(args: readonly Tensor[], caller: string): void {
  for (const arg of args) checkTensor(arg, caller);
  if (!isTracing()) return;
  throw new DTypeError(
    `${caller}: many steps cannot be one part of another compiled function. Write a loop around the function there.`,
  );
}

/**
 * Runs a compiled function `steps` times on the same arguments, in one call: the same numbers as a loop around it,
 * without the cost of its calls. Gives the last result.
 *
 * An index that is refused leaves variables as the last whole step left them, as in a loop.
 *
 * @param step   a function that `compile` made
 * @param steps  how many times, from 1 on
 * @throws RangeError, TypeError when steps is no whole number from 1 on, DTypeError when the function is not compiled;
 * nothing has run then
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
  const mend = 'Write runSteps(step, 1000, x, y).';
  checkNumber('runSteps', 'the number of steps', steps, fits, 'a whole number from 1 on', mend);
  return programFor(step, args, 'runSteps').run(args, (executable, kept) => {
    // A call, which nothing can interrupt, is 2³⁰ runs at most.
    for (let left = steps; left > 0; left -= 2 ** 30) executable.run(Math.min(left, 2 ** 30));
    readResults(executable, kept);
  }) as Result;
}

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

/**
 * Runs a compiled function once for each entry along the first axis of the arguments, in one call, as for an epoch of
 * batches `[steps, batch, …]`: the same numbers as a loop around it. Every result comes back, along a new first axis.
 *
 * An index that is refused leaves variables as the last whole step left them, as in a loop.
 *
 * @param step  a function that `compile` made
 * @throws ShapeError when an argument has no axes, or their first axes differ, DTypeError when the function is not
 * compiled; nothing has run then
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
  const steps = args[0]?.shape[0];
  if (steps === undefined || args.some(({ shape }) => shape[0] !== steps)) {
    throw new ShapeError(
      `runBatches: the first axes of the arguments, one entry per step, must be equally long, ` +
        `got ${args.map(({ shape }) => showShape(shape)).join(', ') || 'no arguments'}. ` +
        `Keep what stays the same in a Variable.`,
    );
  }
  const signatures = args.map(({ shape, dtype }) => ({ shape: shape.slice(1), dtype }));
  const numbers = args.map(({ data }) => data);
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
