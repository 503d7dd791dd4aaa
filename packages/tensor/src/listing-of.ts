import { boundTo } from './bound-to.ts';
import type { Compiled } from './compile.ts';
import type { Tensor } from './tensor.ts';

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
export function listingOf<Args extends readonly Tensor[]>(
  step: Compiled<Args, unknown>,
  ...args: NoInfer<Args>
): string {
  const { listing } = boundTo(step, args, 'listingOf').executable;
  return (
    listing ?? "This backend lists nothing. Take wasm from '@nn/tensor/wasm' to see how the program is carried out."
  );
}
