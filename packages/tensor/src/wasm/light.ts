import { backend, type Wasm } from './backend.ts';
import { writeGather } from './gather.ts';
import { writeMapInDoubles } from './map-in-doubles.ts';
import { writeMap } from './map.ts';
import { exp } from './math/exp.ts';
import { log, log1p } from './math/log.ts';
import { square } from './math/powers.ts';
import { tanh } from './math/tanh.ts';
import { writeMatMul } from './matmul/product.ts';
import { writeReduce } from './reduce.ts';
import { writeScatter } from './scatter.ts';

export type { Threads, Wasm, WasmSettings } from './backend.ts';

/**
 * The backend of '@nn/tensor/wasm' with no more than networks of dense layers need, for programs that have to be small:
 * all activations, losses and optimizers on float32. It gives the same bits, and takes the same settings.
 *
 * Sums and extremes in float64, products of other matrices than float32, the place of an extreme, random draws, the order
 * of booleans, and the laws `sin`, `cos`, `erf`, `expm1` and `pow`, but for squares of float32, are refused when they are
 * compiled, and `listingOf` shows nothing.
 */
export const wasm: Wasm = /* @__PURE__ */ backend({
  writers: {
    map: writeMap,
    // Optimizers count and weigh their steps in float64.
    'map in doubles': writeMapInDoubles,
    reduce: writeReduce,
    matmul: writeMatMul,
    gather: writeGather,
    scatter: writeScatter,
  },
  formulas: { exp, log, log1p, 'pow 2': square, tanh },
});
