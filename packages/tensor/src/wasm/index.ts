import { backend, type Wasm } from './backend.ts';
import { writeGather } from './gather.ts';
import { writeLaneByLane } from './lane-by-lane.ts';
import { list } from './listing.ts';
import { writeMapInDoubles } from './map-in-doubles.ts';
import { writeMap } from './map.ts';
import { erf } from './math/erf.ts';
import { exp, expm1 } from './math/exp.ts';
import { log, log1p } from './math/log.ts';
import { pow } from './math/pow.ts';
import { powers } from './math/powers.ts';
import { tanh } from './math/tanh.ts';
import { cos, sin } from './math/trigonometry.ts';
import { writeMatMulInDoubles } from './matmul/doubles.ts';
import { writeMatMul } from './matmul/product.ts';
import { writeRandom } from './random.ts';
import { writeReduceInDoubles } from './reduce-in-doubles.ts';
import { writeReduce } from './reduce.ts';
import { writeScatter } from './scatter.ts';
import { writeSearch } from './search.ts';

export type { Threads, Wasm, WasmSettings } from './backend.ts';

/**
 * Carries programs out as one WebAssembly module: `compile(step, wasm)`, or `compile(step, wasm({ deterministic: true }))`.
 *
 * It has every operation in every dtype. For networks of dense layers the one from '@nn/tensor/wasm/light' is enough.
 */
export const wasm: Wasm = /* @__PURE__ */ backend({
  writers: {
    map: writeMap,
    'map in doubles': writeMapInDoubles,
    reduce: writeReduce,
    'reduce in doubles': writeReduceInDoubles,
    search: writeSearch,
    matmul: writeMatMul,
    'matmul in doubles': writeMatMulInDoubles,
    gather: writeGather,
    scatter: writeScatter,
    random: writeRandom,
  },
  formulas: { ...powers, cos, erf, exp, expm1, log, log1p, pow, sin, tanh },
  laneByLane: writeLaneByLane,
  list,
});
