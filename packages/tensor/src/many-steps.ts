import { DTypeError } from './error.ts';
import { isTracing, owned, type Tensor } from './tensor.ts';

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
