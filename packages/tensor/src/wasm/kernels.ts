import { holds, type Kernel } from '../loops/ir.ts';
import type { FunctionBody } from './assembler/function-body.ts';
import type { Context } from './context.ts';
import { writeCheck } from './kernels/check.ts';
import { writeGather, writeScatter } from './kernels/gather.ts';
import { writeMap, writeMapInDoubles } from './kernels/map.ts';
import { epilogue } from './kernels/matmul-epilogue.ts';
import { inVectors, writeMatMul, writeMatMulInDoubles } from './kernels/matmul.ts';
import { writeOverlap } from './kernels/overlap.ts';
import { writeRandom } from './kernels/random.ts';
import { foldsInLanes, writeReduce, writeReduceInDoubles } from './kernels/reduce.ts';
import { writeSearch } from './kernels/search.ts';

/** Writes the loops of a kernel, for those of its rows that the function's parameters name. */
type Writer<K extends Kernel> = (f: FunctionBody, context: Context, kernel: K, rows: number) => void;

/** A kind of kernel, in lanes of 32 bits, or number by number in doubles where there are two ways. */
type Task = Kernel['kind'] | `${'map' | 'reduce' | 'matmul'} in doubles`;

const writers: {
  readonly [T in Task]: Writer<Extract<Kernel, { kind: T extends `${infer Kind} in doubles` ? Kind : T }>>;
} = {
  map: writeMap,
  'map in doubles': writeMapInDoubles,
  reduce: writeReduce,
  'reduce in doubles': writeReduceInDoubles,
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
  return writers[`${kernel.kind}${inLanes(kernel) ? '' : ' in doubles'}` as Task] as Writer<Kernel>;
}

/** Can a kernel run in lanes of 32 bits? Those of maps and reductions hold any dtype but float64. */
function inLanes(kernel: Kernel): boolean {
  if (kernel.kind === 'map') return !kernel.stores.some(({ value }) => holds(value, 'float64'));
  if (kernel.kind === 'reduce') return foldsInLanes(kernel);
  return kernel.kind !== 'matmul' || inVectors(kernel);
}
