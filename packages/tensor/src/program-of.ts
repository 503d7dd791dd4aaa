import { boundTo } from './bound-to.ts';
import type { Compiled } from './compile.ts';
import { type Program, showProgram } from './program.ts';
import type { Tensor } from './tensor.ts';

/**
 * The program that a compiled function runs for arguments like these; `String` of it shows it step by step.
 *
 * @throws DTypeError when the function is not compiled
 * @example
 * const double = compile((x: Tensor) => x.mul(2), wasm);
 * String(programOf(double, tensor([1, 2]))).split('\n')[0]   // %0 = input float32[2]
 */
export function programOf<Args extends readonly Tensor[]>(
  step: Compiled<Args, unknown>,
  ...args: NoInfer<Args>
): Program {
  const { program } = boundTo(step, args, 'programOf');
  return Object.assign(program, { toString: () => showProgram(program) });
}
