import type { FusionGroup } from '../../loops/group.ts';
import type { Expression, Kernel } from '../../loops/ir.ts';
import { sizeOf } from '../../shape.ts';
import { tileFor } from '../kernels/matmul-tile.ts';
import { rowsTogether } from '../kernels/reduce.ts';

/** Work is counted in steps: a number that is read, a law, a product that is added to a sum. */
export interface Grain {
  /** A loop with less work is not worth a second thread. */
  readonly worthwhile: number;
  /** So much work a chunk has at least. */
  readonly least: number;
  /** Into so many chunks a loop falls, unless they would be too large. */
  readonly most: number;
}

/**
 * So much work a chunk has at most: far less than a second, even where every law goes through JavaScript, as a worker
 * that takes longer counts as lost. A loop of which a few rows are more than that is left to one thread.
 */
const largest = 16_000_000;

/** Products of matrices are shared from 2 MFLOP on; a chunk takes several microseconds at least. */
const usual: Grain = { worthwhile: 1_000_000, least: 100_000, most: 32 };

/**
 * How many rows of a pass a thread takes at a time; all of them when the pass is left to one thread.
 *
 * It depends on the pass alone, and every number is computed as it would be by one thread: so results have the same bits
 * for any number of threads.
 */
export function chunkOf({ rows, parts }: FusionGroup, relaxed: boolean, grain: Grain = usual): number {
  // Rows can be carried out in any order, and at once, when each writes buffers of its own.
  const apart = parts.every(
    ({ kernel, accesses }) => kernel.kind === 'map' || accesses.every(({ written, rowLocal }) => rowLocal || !written),
  );
  if (!apart) return rows;
  const work = parts.reduce((sum, { kernel }) => sum + workOf(kernel), 0);
  const unit = parts.reduce((common, { kernel }) => leastCommonMultiple(common, unitOf(kernel, relaxed)), 1);
  return chunk(rows, work, unit, grain);
}

/** A multiple of `unit` rows, or all. */
function chunk(rows: number, work: number, unit: number, { worthwhile, least, most }: Grain): number {
  const perUnit = (work / rows) * unit;
  if (work < worthwhile || perUnit > largest * 8) return rows;
  const units = Math.min(Math.max(least, work / most), largest) / perUnit;
  return Math.min(Math.max(Math.ceil(units), 1) * unit, rows);
}

/** How many rows of a kernel go together: those of a tile, or of a vector. */
function unitOf(kernel: Kernel, relaxed: boolean): number {
  if (kernel.kind === 'reduce') return rowsTogether(kernel);
  if (kernel.kind !== 'matmul') return 4;
  // The rows of a batch are whole matrices.
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
    case 'search':
    case 'gather':
    case 'scatter':
      return sizeOf(kernel.shape) * 2;
    case 'random':
      return kernel.to.size;
    case 'check':
      return sizeOf(kernel.shape);
  }
}

function stepsOf(value: Expression): number {
  if (value.kind === 'apply') return value.inputs.reduce((sum, input) => sum + stepsOf(input), 1);
  // Numbers that do not lie side by side are read one by one.
  return value.kind === 'load' && Math.abs(value.view.strides.at(-1) ?? 0) > 1 ? 4 : 1;
}
