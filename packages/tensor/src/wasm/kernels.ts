import type { Kernel } from '../loops/ir.ts';
import type { FunctionBody } from './assembler/function-body.ts';
import type { Context } from './context.ts';
import { writeCheck } from './kernels/check.ts';
import { writeContraction } from './kernels/contraction.ts';
import { writeGather, writeScatter } from './kernels/gather.ts';
import { writeLoop } from './kernels/loop.ts';
import { writeMap } from './kernels/map.ts';
import { epilogue } from './kernels/matmul-epilogue.ts';
import { writeMatMul } from './kernels/matmul.ts';
import { writeMatrix } from './kernels/matrix.ts';
import { writeOverlap } from './kernels/overlap.ts';
import { writeRandom } from './kernels/random.ts';
import { writeReduce } from './kernels/reduce.ts';
import { writeSearch } from './kernels/search.ts';

/** Writes the loops of a kernel, for those of its rows that the function's parameters name. */
type Writer<K extends Kernel> = (f: FunctionBody, context: Context, kernel: K, rows: number) => void;

const writers: {
  readonly [K in Kernel['kind']]: Writer<Extract<Kernel, { kind: K }>>;
} = {
  map: writeMap,
  reduce: writeReduce,
  search: writeSearch,
  matmul: (f, context, kernel, rows) => writeMatMul(f, context, kernel, rows, epilogue(context, kernel)),
  gather: writeGather,
  scatter: writeScatter,
  overlap: writeOverlap,
  contraction: writeContraction,
  random: writeRandom,
  check: writeCheck,
  matrix: writeMatrix,
  loop: writeLoop,
};

/** The writer of a kernel. */
export function writerOf(kernel: Kernel): Writer<Kernel> {
  // The table pairs each kind with its own writer; the type checker loses the pairing at a union.
  return writers[kernel.kind] as Writer<Kernel>;
}
