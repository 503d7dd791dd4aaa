import { backend, type Wasm } from './backend.ts';
import { lightParts } from './light-parts.ts';

export type { Threads, Wasm, WasmSettings } from './backend.ts';

/**
 * The backend of '@nn/tensor/wasm' with no more than networks of dense layers need, for programs that have to be small:
 * all activations, losses and optimizers on float32. It gives the same bits, and takes the same settings.
 *
 * Sums and extremes in float64, products of other matrices than float32, the place of an extreme, random draws, the order
 * of booleans, and the laws `sin`, `cos`, `erf`, `expm1` and `pow`, but for squares of float32, are refused when they are
 * compiled, and `listingOf` shows nothing. Products store their sums before anything follows on them.
 */
export const wasm: Wasm = /* @__PURE__ */ backend(lightParts);
