import { fuse } from '../loops/fuse.ts';
import { backend, type Wasm } from './backend.ts';
import { writeLaneByLane } from './lane-by-lane.ts';
import { lightParts } from './light-parts.ts';
import { list } from './listing.ts';
import { erf } from './math/erf.ts';
import { expm1 } from './math/exp.ts';
import { pow } from './math/pow.ts';
import { powers } from './math/powers.ts';
import { cos, sin } from './math/trigonometry.ts';
import { writeMatMulInDoubles } from './matmul/doubles.ts';
import { epilogue, withEpilogues } from './matmul/epilogue.ts';
import { writeRandom } from './random.ts';
import { writeReduceInDoubles } from './reduce-in-doubles.ts';
import { writeSearch } from './search.ts';

export type { Threads, Wasm, WasmSettings } from './backend.ts';

/**
 * Carries programs out as one WebAssembly module: `compile(step, wasm)`, or `compile(step, wasm({ deterministic: true }))`.
 *
 * It has every operation in every dtype. For networks of dense layers the one from '@nn/tensor/wasm/light' is enough.
 */
export const wasm: Wasm = /* @__PURE__ */ backend({
  writers: {
    ...lightParts.writers,
    'reduce in doubles': writeReduceInDoubles,
    search: writeSearch,
    'matmul in doubles': writeMatMulInDoubles,
    random: writeRandom,
  },
  formulas: { ...lightParts.formulas, ...powers, cos, erf, expm1, pow, sin },
  laneByLane: writeLaneByLane,
  fuse: (program) => withEpilogues(fuse(program), program),
  epilogue,
  list,
});
