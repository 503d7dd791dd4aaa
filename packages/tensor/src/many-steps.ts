import type { TypedArray } from './dtype.ts';
import { DTypeError } from './error.ts';
import type { Executable } from './program.ts';
import { isTracing, owned, type Tensor } from './tensor.ts';

/**
 * Runs a program many times in a row, in one call where its backend can.
 *
 * @param entries  for each argument the numbers of all runs, one run's after the other's
 * @param kept     for each result, where to put the numbers of all runs
 */
export function runMany(
  executable: Executable,
  steps: number,
  entries: readonly TypedArray[],
  kept: readonly TypedArray[],
): void {
  if (executable.runMany?.(steps, entries, kept)) return;
  for (let step = 0; step < steps; step++) {
    const part = (data: TypedArray): TypedArray =>
      data.subarray((data.length / steps) * step, (data.length / steps) * (step + 1));
    entries.forEach((data, input) => executable.write(input, part(data)));
    executable.run();
    kept.forEach((data, output) => executable.read(output, part(data)));
  }
}

/**
 * @param asked  what takes many steps
 * @throws DTypeError inside another compiled function, and for anything but tensors
 */
export function checkManySteps(args: readonly Tensor[], asked: string): void {
  for (const arg of args) owned(arg, asked);
  if (!isTracing()) return;
  throw new DTypeError(
    `${asked}: many steps cannot be one part of another compiled function. Write a loop around the function there.`,
  );
}
