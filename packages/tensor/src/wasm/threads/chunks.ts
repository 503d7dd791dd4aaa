import type { FusionGroup } from '../../loops/group.ts';
import type { Expression, Kernel } from '../../loops/ir.ts';
import { sizeOf } from '../../shape.ts';
import { rowsOfTile } from '../kernels/contraction.ts';
import { tileFor } from '../kernels/matmul-tile.ts';
import { rowsTogether } from '../kernels/reduce.ts';

/** How loops are split into chunks. Work is counted in steps: a load, an elementwise operation, a multiply-add. */
export interface ChunkPolicy {
  /** The least work of a loop that threads share. */
  readonly minimumWork: number;
  /** The least work of a chunk. */
  readonly minimumChunk: number;
  /** The most chunks of a loop, unless they would be too large. */
  readonly maximumChunks: number;
}

/**
 * The most work of a chunk. It takes far less than a second even if every operation calls JavaScript: a worker that takes
 * a second counts as lost. A loop in which a few rows exceed this runs on one thread.
 */
const maximumChunk = 16_000_000;

/** Threads share products of at least 2 MFLOP; a chunk takes at least several microseconds. */
const defaultPolicy: ChunkPolicy = { minimumWork: 1_000_000, minimumChunk: 100_000, maximumChunks: 32 };

/**
 * The number of rows of a fusion group that a thread takes at a time; all rows if the group runs on one thread.
 *
 * It depends only on the group, and each number is computed as one thread computes it. So results have the same bits for
 * any number of threads.
 */
export function chunkOf({ rows, parts }: FusionGroup, relaxed: boolean, policy: ChunkPolicy = defaultPolicy): number {
  // Rows can run in any order and in parallel if each row writes elements of its own.
  const independent = parts.every(
    ({ kernel, accesses }) => kernel.kind === 'map' || accesses.every(({ written, rowLocal }) => rowLocal || !written),
  );
  if (!independent) return rows;
  const work = parts.reduce((sum, { kernel }) => sum + workOf(kernel), 0);
  const unit = parts.reduce((common, { kernel }) => leastCommonMultiple(common, unitOf(kernel, relaxed)), 1);
  return chunk(rows, work, unit, policy);
}

/** A multiple of `unit` rows, or all. */
function chunk(
  rows: number,
  work: number,
  unit: number,
  { minimumWork, minimumChunk, maximumChunks }: ChunkPolicy,
): number {
  const perUnit = (work / rows) * unit;
  if (work < minimumWork || perUnit > maximumChunk * 8) return rows;
  const units = Math.min(Math.max(minimumChunk, work / maximumChunks), maximumChunk) / perUnit;
  return Math.min(Math.max(Math.ceil(units), 1) * unit, rows);
}

/** The number of rows that a kernel computes together: those of a tile, or of a vector. */
function unitOf(kernel: Kernel, relaxed: boolean): number {
  if (kernel.kind === 'reduce') return rowsTogether(kernel);
  if (kernel.kind === 'contraction') return rowsOfTile(kernel, relaxed);
  if (kernel.kind !== 'matmul') return 4;
  // The rows of a batched product are whole matrices.
  return sizeOf(kernel.batch) > 1 ? 1 : tileFor(kernel, relaxed).rows;
}

function leastCommonMultiple(a: number, b: number): number {
  let multiple = a;
  while (multiple % b > 0) multiple += a;
  return multiple;
}

function workOf(kernel: Kernel): number {
  switch (kernel.kind) {
    case 'map':
      return sizeOf(kernel.shape) * kernel.stores.reduce((sum, { value }) => sum + stepsOf(value), 0);
    case 'reduce':
      return sizeOf(kernel.shape) * (stepsOf(kernel.value) + 1);
    case 'matmul':
      return sizeOf(kernel.batch) * kernel.m * kernel.n * kernel.k;
    case 'contraction':
      return sizeOf(kernel.shape);
    case 'search':
    case 'gather':
    case 'scatter':
    case 'overlap':
      return sizeOf(kernel.shape) * 2;
    case 'random':
      return kernel.to.size;
    case 'check':
      return sizeOf(kernel.shape);
    // It is computed in JavaScript, on one thread.
    case 'matrix':
    // The steps of a loop are shared one by one.
    case 'loop':
      return 0;
  }
}

function stepsOf(value: Expression): number {
  if (value.kind === 'apply') return value.inputs.reduce((sum, input) => sum + stepsOf(input), 1);
  // Elements that are not contiguous are loaded one by one.
  return value.kind === 'load' && Math.abs(value.view.strides.at(-1) ?? 0) > 1 ? 4 : 1;
}
