import type { Kernel } from '../loops/ir.ts';
import type { FunctionBody } from './assembler/function-body.ts';
import type { Context } from './context.ts';
import { writeCheck } from './kernels/check.ts';
import { writeGather, writeScatter } from './kernels/gather.ts';
import { writeMap } from './kernels/map.ts';
import { epilogue } from './kernels/matmul-epilogue.ts';
import { inVectors, writeMatMul, writeMatMulInDoubles } from './kernels/matmul.ts';
import { writeOverlap } from './kernels/overlap.ts';
import { writeRandom } from './kernels/random.ts';
import { writeReduce } from './kernels/reduce.ts';
import { writeSearch } from './kernels/search.ts';

/** Writes the loops of a kernel, for those of its rows that the function's parameters name. */
type Writer<K extends Kernel> = (f: FunctionBody, context: Context, kernel: K, rows: number) => void;

/** A kind of kernel; products are written in lanes, or number by number in doubles. */
type Task = Kernel['kind'] | 'matmul in doubles';

const writers: {
  readonly [T in Task]: Writer<Extract<Kernel, { kind: T extends `${infer Kind} in doubles` ? Kind : T }>>;
} = {
  map: writeMap,
  reduce: writeReduce,
  search: writeSearch,
  matmul: (f, context, kernel, rows) => writeMatMul(f, context, kernel, rows, epilogue(context, kernel)),
  'matmul in doubles': writeMatMulInDoubles,
  gather: writeGather,
  scatter: writeScatter,
  overlap: writeOverlap,
  random: writeRandom,
  check: writeCheck,
};

/** The writer of a kernel. */
export function writerOf(kernel: Kernel): Writer<Kernel> {
  // The table pairs each kind with its own writer; the type checker loses the pairing at a union.
  const task = kernel.kind === 'matmul' && !inVectors(kernel) ? 'matmul in doubles' : kernel.kind;
  return writers[task] as Writer<Kernel>;
}
