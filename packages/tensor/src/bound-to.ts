import type { Bound } from './bound.ts';
import type { Compiled } from './compile.ts';
import { DTypeError } from './error.ts';
import type { Tensor } from './tensor.ts';
import type { Signature } from './trace.ts';

/**
 * The program of a compiled function for arguments like these.
 *
 * @param asked  what it is for
 * @throws DTypeError when the function is not compiled
 */
export function boundTo<Args extends readonly Tensor[], Result>(
  step: Compiled<Args, Result>,
  args: readonly Signature[],
  asked: string,
): Bound {
  // In JavaScript anything may come.
  const given = step as Partial<typeof step> | undefined;
  if (typeof given?.boundTo === 'function') return step.boundTo(args);
  throw new DTypeError(`${asked}: expected a compiled function, got ${typeof step}. Write compile(step, wasm) first.`);
}
