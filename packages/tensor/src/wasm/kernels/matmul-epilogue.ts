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

/** The most operations that are computed on sums: their instructions are repeated for every vector of a tile. */
const maxApplied = 8;

/**
 * A schedule where maps are carried out on the sums of the products before them, as long as those are in registers: a
 * bias and an activation, or where the gradient of an activation is 0. The sums themselves are not stored then.
 */
export function withEpilogues(schedule: Schedule, { carried }: Program): Schedule {
  const { inputs, outputs } = schedule;
  /** What a buffer is written over at the end, where it holds the new value of a variable. */
  const variables = new Map(carried.map(([input, output]) => [outputs[output], inputs[input]]));
  const groups = schedule.groups.map(({ rows, parts }): FusionGroup => {
    const joined: ScheduledKernel[] = [];
    for (const part of parts) {
      const before = joined.at(-1);
      const both = before && finished(before, part, schedule, variables);
      if (both) joined[joined.length - 1] = both;
      else joined.push(part);
    }
    return { rows, parts: joined };
  });
  return { ...schedule, groups };
}

/** A product that a map is carried out with, where it can be. */
function finished(
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
  // The sums must be in vectors, complete at the end of one block of the depth, and fill every vector.
  if (to.dtype !== 'float32' || batch.length > 0 || k > depthOfBlock || n % 4 !== 0 || !sameShape([m, n], next.shape))
    return undefined;
  // A map may write over what it reads, or over a variable: not over rows that other columns are yet computed from.
  const isFactor = (buffer: Buffer | undefined): boolean => buffer === a.buffer;
  // Sums of several chains are stored in between, where the result lies: perhaps over what the map reads.
  const mayLieThere = ({ size }: Buffer): boolean => k > longestChain && size === to.size;
  const isAtHand = ({ buffer }: StridedView): boolean => buffer === to || (!isFactor(buffer) && !mayLieThere(buffer));
  const sees = (view: StridedView): boolean =>
    isAtHand(view) && (isWhole(kernel, view) || isOne(view) || (isRow(view) && !kernel.packed));
  const fits = stores.every(
    ({ reads, to: made }) => isWhole(kernel, made) && !isFactor(variables.get(made.buffer)) && reads.every(sees),
  );
  const operations = stores.reduce((sum, { value }) => sum + appliedIn(value), 0);
  const { buffer } = stores[0]!.to;
  if (!fits || operations > maxApplied || buffer.dtype !== 'float32' || !isOnlyReader(map, to, schedule))
    return undefined;
  // The sums have no buffer in memory.
  const elsewhere = (one: { readonly buffer: Buffer }): boolean => one.buffer !== to;
  const epilogue = { ...next, stores: stores.map((one) => ({ ...one, reads: one.reads.filter(elsewhere) })), sums: to };
  return {
    kernel: { ...kernel, to: buffer, epilogue },
    rows,
    accesses: [...product.accesses, ...map.accesses].filter(elsewhere),
  };
}

/** Is a buffer read by this kernel, and by nothing else? */
function isOnlyReader({ accesses }: ScheduledKernel, buffer: Buffer, { groups, outputs }: Schedule): boolean {
  const reads = (all: ScheduledKernel['accesses']): number =>
    all.filter((one) => one.buffer === buffer && !one.written).length;
  let times = 0;
  for (const { parts } of groups) for (const part of parts) times += reads(part.accesses);
  return times > 0 && times === reads(accesses) && !outputs.includes(buffer);
}

/** Does a view step as the product does? */
function isWhole({ n }: MatMulKernel, { strides, offset }: StridedView): boolean {
  return strides[0] === n && strides[1] === 1 && offset === 0;
}

/** Does it see one row for all, as of a bias? */
function isRow({ strides }: StridedView): boolean {
  return strides[0] === 0 && strides[1] === 1;
}

/** Does it see one number for all? */
function isOne({ strides }: StridedView): boolean {
  return strides[0] === 0 && strides[1] === 0;
}

/** How many operations a value takes, if each is a few instructions without a call; Infinity otherwise. */
function appliedIn(value: Expression): number {
  if (value.dtype !== 'float32' && value.dtype !== 'bool') return Infinity;
  if (value.kind !== 'apply') return 0;
  const { operation, inputs } = value;
  if (!isShort(operation)) return Infinity;
  return inputs.reduce((sum, input) => sum + appliedIn(input), 1);
}

/** What a product does with its sums instead of storing them, if anything. */
export function epilogue(context: Context, kernel: MatMulKernel): StoreSums | undefined {
  const { n, b, to, epilogue } = kernel;
  if (!epilogue) return undefined;
  const { sums, stores } = epilogue;
  const addressOf = ({ buffer, offset }: StridedView): number => context.addressOf(buffer) + offset * 4;
  const origin = context.addressOf(to);
  const left = addressOf(b);
  return (f, tile, vector, second) => {
    // From the corner of the tile: down whole rows, and across some columns.
    const corner = tile.offsetOf(0);
    const seenBy = (view: StridedView): VectorAccess => {
      const address = addressOf(view);
      // No address is added to that of one number, as locals begin with 0.
      if (isOne(view)) return { ...tile, stride: 0, local: f.local(i32), offsetOf: () => address };
      const whole = isWhole(kernel, view);
      const behind = address + (whole ? corner - origin : (corner % (n * 4)) - left);
      return { ...tile, local: whole ? tile.local : second, offsetOf: (lane) => behind + lane * 4 };
    };
    writeStores(f, context, stores, 4, false, seenBy, new Map([[sums, vector]]));
  };
}
