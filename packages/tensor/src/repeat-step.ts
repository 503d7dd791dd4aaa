import { boundTo } from './bound-to.ts';
import { readResults } from './bound.ts';
import { checkNumber } from './check-number.ts';
import type { Compiled } from './compile.ts';
import { checkManySteps } from './many-steps.ts';
import type { Tensor } from './tensor.ts';

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
 * repeatStep(add, 1000, tensor(2)).item()   // 2000
 */
export function repeatStep<Args extends readonly Tensor[], Result>(
  step: Compiled<Args, Result>,
  steps: number,
  ...args: NoInfer<Args>
): Result {
  checkManySteps(args, 'repeatStep');
  const fits = Number.isInteger(steps) && steps >= 1;
  const mend = 'Write repeatStep(step, 1000, x, y).';
  checkNumber('repeatStep', 'the number of steps', steps, fits, 'a whole number from 1 on', mend);
  return boundTo(step, args, 'repeatStep').run(args, (executable, kept) => {
    // A call, which nothing can interrupt, is 2³⁰ runs at most.
    for (let left = steps; left > 0; left -= 2 ** 30) executable.run(Math.min(left, 2 ** 30));
    readResults(executable, kept);
  }) as Result;
}
