import type { Program } from '../../compile/program.ts';
import type { Schedule } from '../../loops/fuse.ts';
import type { FusionGroup } from '../../loops/group.ts';
import type { Expression, StridedView, MatMulKernel, Buffer, ScheduledKernel } from '../../loops/ir.ts';
import { sameShape } from '../../shape.ts';
import { i32 } from '../assembler/opcode.ts';
import type { Context } from '../context.ts';
import { writeStores } from '../expressions.ts';
import { isShort } from '../instructions.ts';
import type { VectorAccess } from '../vector-memory.ts';
import { longestChain, type StoreSums } from './matmul-tile.ts';
import { depthOfBlock } from './matmul.ts';

/** The most operations in an epilogue: their instructions are repeated for every vector of a tile. */
const maxOperations = 8;

/**
 * A schedule in which products have epilogues: a map that reads the sums of a product is computed on them while they are
 * in registers. Such a map is a bias and an activation, or the mask of a gradient. The sums are then not stored.
 */
export function withEpilogues(schedule: Schedule, { carried }: Program): Schedule {
  const { inputs, outputs } = schedule;
  /** For the new value of a variable, the buffer of the variable, which it replaces after the run. */
  const variables = new Map(carried.map(([input, output]) => [outputs[output], inputs[input]]));
  const groups = schedule.groups.map(({ rows, parts }): FusionGroup => {
    const joined: ScheduledKernel[] = [];
    for (const part of parts) {
      const before = joined.at(-1);
      const fused = before && withEpilogue(before, part, schedule, variables);
      if (fused) joined[joined.length - 1] = fused;
      else joined.push(part);
    }
    return { rows, parts: joined };
  });
  return { ...schedule, groups };
}

/** A product with a map as its epilogue; undefined where that is not possible. */
function withEpilogue(
  product: ScheduledKernel,
  map: ScheduledKernel,
  schedule: Schedule,
  variables: ReadonlyMap<Buffer | undefined, Buffer | undefined>,
): ScheduledKernel | undefined {
  const { kernel, rows } = product;
  const next = map.kernel;
  if (kernel.kind !== 'matmul' || kernel.epilogue || next.kind !== 'map') return undefined;
  const { batch, m, n, k, a, to } = kernel;
  const { stores } = next;
  // Sums must be float32, complete after one block of the depth, and fill every vector.
  if (to.dtype !== 'float32' || batch.length > 0 || k > depthOfBlock || n % 4 !== 0 || !sameShape([m, n], next.shape))
    return undefined;
  // A map may overwrite what it reads, or a variable, but not the first matrix: other columns are still computed from it.
  const isFactor = (buffer: Buffer | undefined): boolean => buffer === a.buffer;
  // Partial sums of several chains are stored in the buffer of the result, where the map must not read. The new value of a
  // variable would have to be copied to the variable then.
  const storesPartialSums = k > longestChain;
  const isUpdate = stores.some(({ to: made }) => variables.get(made.buffer) !== undefined);
  const mayBeOverwritten = ({ size }: Buffer): boolean => storesPartialSums && isUpdate && size === to.size;
  const isIntact = ({ buffer }: StridedView): boolean =>
    buffer === to || (!isFactor(buffer) && !mayBeOverwritten(buffer));
  const canLoad = (view: StridedView): boolean =>
    isIntact(view) && (isWhole(kernel, view) || isOne(view) || (isRow(view) && !kernel.packed));
  const fits = stores.every(
    ({ reads, to: made }) => isWhole(kernel, made) && !isFactor(variables.get(made.buffer)) && reads.every(canLoad),
  );
  const operations = stores.reduce((sum, { value }) => sum + operationsIn(value), 0);
  const { buffer } = stores[0]!.to;
  if (!fits || operations > maxOperations || buffer.dtype !== 'float32' || !isOnlyReader(map, to, schedule))
    return undefined;
  // The sums have no buffer in memory.
  const inMemory = (one: { readonly buffer: Buffer }): boolean => one.buffer !== to;
  const epilogue = { ...next, stores: stores.map((one) => ({ ...one, reads: one.reads.filter(inMemory) })), sums: to };
  return {
    kernel: { ...kernel, to: buffer, epilogue, storesPartialSums },
    rows,
    accesses: [...product.accesses, ...map.accesses].filter(inMemory),
  };
}

/** Whether this kernel is the only one that reads a buffer. */
function isOnlyReader({ accesses }: ScheduledKernel, buffer: Buffer, { groups, outputs }: Schedule): boolean {
  const reads = (all: ScheduledKernel['accesses']): number =>
    all.filter((one) => one.buffer === buffer && !one.written).length;
  let times = 0;
  for (const { parts } of groups) for (const part of parts) times += reads(part.accesses);
  return times > 0 && times === reads(accesses) && !outputs.includes(buffer);
}

/** Whether a view has the strides of the product. */
function isWhole({ n }: MatMulKernel, { strides, offset }: StridedView): boolean {
  return strides[0] === n && strides[1] === 1 && offset === 0;
}

/** Whether a view repeats one row, such as a bias. */
function isRow({ strides }: StridedView): boolean {
  return strides[0] === 0 && strides[1] === 1;
}

/** Whether a view repeats one number. */
function isOne({ strides }: StridedView): boolean {
  return strides[0] === 0 && strides[1] === 0;
}

/** The number of operations in an expression if each is a few instructions without a call; otherwise Infinity. */
function operationsIn(value: Expression): number {
  if (value.dtype !== 'float32' && value.dtype !== 'bool') return Infinity;
  if (value.kind !== 'apply') return 0;
  const { operation, inputs } = value;
  if (!isShort(operation)) return Infinity;
  return inputs.reduce((sum, input) => sum + operationsIn(input), 1);
}

/** The writer of a product's epilogue, which stores its results instead of the sums; undefined without an epilogue. */
export function epilogue(context: Context, kernel: MatMulKernel): StoreSums | undefined {
  const { n, b, to, epilogue } = kernel;
  if (!epilogue) return undefined;
  const { sums, stores } = epilogue;
  const addressOf = ({ buffer, offset }: StridedView): number => context.addressOf(buffer) + offset * 4;
  const origin = context.addressOf(to);
  const left = addressOf(b);
  return (f, tile, vector, second) => {
    // The offset of this vector from the start of the result.
    const corner = tile.offsetOf(0);
    const accessOf = (view: StridedView): VectorAccess => {
      const address = addressOf(view);
      // The address is the constant alone: a new local is 0.
      if (isOne(view)) return { ...tile, stride: 0, local: f.local(i32), offsetOf: () => address };
      const whole = isWhole(kernel, view);
      const start = address + (whole ? corner - origin : (corner % (n * 4)) - left);
      return { ...tile, local: whole ? tile.local : second, offsetOf: (lane) => start + lane * 4 };
    };
    writeStores(f, context, stores, 4, false, accessOf, new Map([[sums, vector]]));
  };
}
